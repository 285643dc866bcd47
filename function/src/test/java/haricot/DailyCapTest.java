package haricot;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import haricot.web.Code;
import haricot.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DailyCapTest {
    private Instant now = Instant.parse("2026-03-01T23:59:59Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @Test
    void aLimitedRolloutRefusesPastItsCap() {
        DailyCap cap = cap("limited", 3);
        cap.take(3);
        assertEquals(Code.DAILY_CAP, assertThrows(Problem.class, () -> cap.take(1)).code());
    }

    @Test
    void aBatchThatDoesNotFitLeavesWhatIsLeft() {
        DailyCap cap = cap("limited", 3);
        assertThrows(Problem.class, () -> cap.take(4));
        assertDoesNotThrow(() -> cap.take(3));
    }

    @Test
    void midnightInUtcBeginsANewDay() {
        DailyCap cap = cap("limited", 1);
        cap.take(1);
        now = now.plusSeconds(1);
        assertDoesNotThrow(() -> cap.take(1));
    }

    @Test
    void anExpandedRolloutHasNoCap() {
        DailyCap cap = cap("expanded", 1);
        cap.take(1_000);
        assertDoesNotThrow(() -> cap.take(1_000));
    }

    private DailyCap cap(String rollout, int most) {
        return new DailyCap(Settings.from(Map.of("BUCKET", "leaves", "MODEL_NAME", "beans", "MODEL_VERSION", "1.0.0",
                "MODEL_SHA256", "0".repeat(64), "ORT_DISABLE_TELEMETRY", "1", "ROLLOUT", rollout, "DAILY_CAP",
                Integer.toString(most))), clock);
    }
}
