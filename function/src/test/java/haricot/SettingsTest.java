package haricot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.api.Rollout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final Map<String, String> LEAST = Map.of("BUCKET", "leaves", "MODEL_NAME", "beans", "MODEL_VERSION",
            "1.0.0", "MODEL_SHA256", HASH, "ORT_DISABLE_TELEMETRY", "1");

    @Test
    void defaultsAreThoseOfTheContract() {
        Settings settings = Settings.from(LEAST);
        assertEquals(0.01, settings.auditRate());
        assertEquals(Settings.KeepImages.NONE, settings.keepImages());
        assertEquals(Rollout.EXPANDED, settings.rollout());
        assertEquals(List.of("*"), settings.allowedOrigins());
        assertEquals("local", settings.functionVersion());
    }

    @Test
    void theModelStandsUnderItsNameAndVersion() {
        assertEquals("models/beans/1.0.0/model.onnx", Settings.from(LEAST).modelKey());
    }

    @Test
    void originsAreSplitAtCommas() {
        assertEquals(List.of("https://a.example", "http://b.example:8080"),
                with("ALLOWED_ORIGINS", "https://a.example, http://b.example:8080").allowedOrigins());
    }

    @Test
    void theReportFailsToStartAsEveryStartDoes() {
        StartFailed failed = assertThrows(StartFailed.class, () -> ReportHandler.settings(Map.of("BUCKET", "Leaves")));
        assertTrue(failed.getMessage().startsWith("ORT_DISABLE_TELEMETRY=: expected "), failed.getMessage());
        assertEquals("", ReportHandler.settings(LEAST).metricsNamespace());
    }

    @Test
    void snapStartIsRecognised() {
        assertTrue(with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start").snapStart());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BUCKET | Leaves | the name of an S3 bucket
            MODEL_NAME | ../beans | a name of lower-case letters, digits and hyphens
            MODEL_VERSION | 1/0 | a version such as 1.0.0
            MODEL_SHA256 | abc | 64 lower-case hexadecimal digits
            AUDIT_RATE | 1.5 | a share from 0 to 1
            AUDIT_RATE | 1% | a share from 0 to 1
            KEEP_IMAGES | all | none or flagged
            KEEP_CLIENT_ID | yes | true or false
            ROLLOUT | full | manual or limited or expanded
            DAILY_CAP | 0 | a whole number from 1 to 999999999
            LIMITED_SHARE | 10% | a share from 0 to 1
            LIMITED_HOURS | 8-25 | hours of a day in UTC such as 8-17, or 22-6 over midnight
            ALLOWED_ORIGINS | example.org | * or origins such as https://example.org, separated by commas
            METRICS_NAMESPACE | a b | up to 255 letters, digits and . - _ / # :
            ORT_DISABLE_TELEMETRY | 0 | 1, to keep ONNX Runtime's telemetry off
            """)
    void aBadSettingIsNamedWithItsValueAndWhatWasExpected(String name, String value, String expected) {
        BadSetting refused = assertThrows(BadSetting.class, () -> with(name, value));
        assertEquals(name + "=" + value + ": expected " + expected, refused.getMessage());
    }

    @Test
    void aMissingSettingIsNamed() {
        BadSetting refused = assertThrows(BadSetting.class, () -> Settings.from(Map.of()));
        assertTrue(refused.getMessage().startsWith("ORT_DISABLE_TELEMETRY=: expected"), refused::getMessage);
    }

    private static Settings with(String name, String value) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put(name, value);
        return Settings.from(environment);
    }
}
