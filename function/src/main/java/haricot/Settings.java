package haricot;

import haricot.api.OpenHours;
import haricot.api.Rollout;
import haricot.bucket.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The environment, read once at start.
///
/// @param bucket where the model is and flags and tallies go
/// @param modelName with `modelVersion` the place of the model in the bucket
/// @param modelSha256 what the model's bytes must hash to, lower-case hexadecimal
/// @param auditRate share of accepted answers that a person sees anyway, 0 to 1
/// @param keepImages which pictures are kept in the bucket
/// @param keepClientId whether a flag holds the caller's own id
/// @param rollout how far the answers are trusted
/// @param dailyCap answers a day with [Rollout#LIMITED], for each execution environment
/// @param limitedShare share of the callers who are answered with [Rollout#LIMITED], 0 to 1
/// @param limitedHours when they are
/// @param allowedOrigins origins that a browser may call from; `*` for all
/// @param apiKeyRequired whether the gateway asks for a key on `POST /v1/classify`
/// @param claims whether callers may say that an answer was wrong
/// @param pathStyle whether the bucket is in the path of S3's address instead of its host
/// @param metricsNamespace where metrics of the answers go; empty for none
/// @param functionVersion of Lambda; `local` elsewhere
/// @param snapStart whether this start ends in a snapshot
public record Settings(String bucket, String modelName, String modelVersion, String modelSha256, double auditRate,
        KeepImages keepImages, boolean keepClientId, Rollout rollout, int dailyCap,
        double limitedShare, OpenHours limitedHours, List<String> allowedOrigins,
        boolean apiKeyRequired, boolean claims, boolean pathStyle, String metricsNamespace, String functionVersion,
        boolean snapStart) {

    /// Which pictures are kept.
    public enum KeepImages {
        NONE,
        FLAGGED
    }

    /// @throws BadSetting for the first setting that is missing or wrong
    public static Settings from(Map<String, String> environment) {
        Source source = new Source(environment);
        // Must be set before the library loads: otherwise version 1.29 writes a device id and may crash the JVM.
        source.matching("ORT_DISABLE_TELEMETRY", "", "1", "1, to keep ONNX Runtime's telemetry off");
        return new Settings(
                source.matching("BUCKET", "", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket"),
                source.matching("MODEL_NAME", "", "[a-z0-9][a-z0-9-]{0,63}",
                        "a name of lower-case letters, digits and hyphens"),
                source.matching("MODEL_VERSION", "", "[0-9A-Za-z][0-9A-Za-z.-]{0,31}", "a version such as 1.0.0"),
                source.matching("MODEL_SHA256", "", "[0-9a-f]{64}", "64 lower-case hexadecimal digits"),
                source.share("AUDIT_RATE", "0.01"), source.choice("KEEP_IMAGES", KeepImages.NONE),
                source.truth("KEEP_CLIENT_ID"), source.choice("ROLLOUT", Rollout.EXPANDED),
                source.count("DAILY_CAP", "1000"), source.share("LIMITED_SHARE", "1"),
                source.hours("LIMITED_HOURS", "0-24"), source.origins("ALLOWED_ORIGINS", "*"),
                source.truth("API_KEY_REQUIRED"), source.matching("CLAIMS", "off", "off|on", "off or on").equals("on"),
                source.truth("S3_PATH_STYLE"), source.matching("METRICS_NAMESPACE", "", "[A-Za-z0-9._/#:-]{0,255}",
                        "up to 255 letters, digits and . - _ / # :"),
                source.text("AWS_LAMBDA_FUNCTION_VERSION", "local"),
                source.text("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand").equals("snap-start"));
    }

    /// Where the model is in the bucket.
    public String modelKey() {
        return Keys.model(modelName, modelVersion);
    }

    private record Source(Map<String, String> environment) {
        String text(String name, String otherwise) {
            String value = environment.getOrDefault(name, "");
            return value.isBlank() ? otherwise : value.strip();
        }

        String matching(String name, String otherwise, String pattern, String expected) {
            String value = text(name, otherwise);
            if (!value.matches(pattern)) {
                throw new BadSetting(name, value, expected);
            }
            return value;
        }

        double share(String name, String otherwise) {
            return Double
                    .parseDouble(matching(name, otherwise, "(0|1|0?\\.\\d{1,9}|1\\.0{1,9})", "a share from 0 to 1"));
        }

        int count(String name, String otherwise) {
            return Integer.parseInt(matching(name, otherwise, "[1-9]\\d{0,8}", "a whole number from 1 to 999999999"));
        }

        OpenHours hours(String name, String otherwise) {
            return OpenHours.parse(matching(name, otherwise, OpenHours.PATTERN,
                    "hours of a day in UTC such as 8-17, or 22-6 over midnight"));
        }

        boolean truth(String name) {
            return Boolean.parseBoolean(matching(name, "false", "true|false", "true or false"));
        }

        <E extends Enum<E>> E choice(String name, E otherwise) {
            Class<E> type = otherwise.getDeclaringClass();
            List<String> words = Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT))
                    .toList();
            String value = text(name, otherwise.name().toLowerCase(Locale.ROOT));
            if (!words.contains(value)) {
                throw new BadSetting(name, value, String.join(" or ", words));
            }
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        }

        List<String> origins(String name, String otherwise) {
            String value = matching(name, otherwise, "\\*|https?://[^\\s/,]+(\\s*,\\s*https?://[^\\s/,]+)*",
                    "* or origins such as https://example.org, separated by commas");
            return List.of(value.split("\\s*,\\s*", -1));
        }
    }
}
