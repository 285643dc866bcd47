package haricot.bucket;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every key and prefix of the bucket, and how a key is read back. Dates and hours are UTC. What may read or write under
/// a prefix is said once more, in the policies of `template.yaml`.
public final class Keys {
    public static final String MODELS = "models/";
    public static final String FLAGS = "flags/";
    public static final String PICTURES = "flagged-images/";
    public static final String TALLIES = "tallies/";
    public static final String REVIEWS = "reviews/";
    public static final String FORGOTTEN = "forgotten/";
    public static final String CLAIMS = "claims/";
    public static final String REPORTS = "reports/";
    /// The flags of a day that is over, merged.
    public static final String SETTLED_FLAGS = "settled-flags/";
    /// What Athena answered: CSV files that expire soon.
    public static final String ATHENA = "athena/";
    public static final String BASELINES = "baselines/";
    /// Runs over many pictures, apart from what callers sent.
    public static final String BACKFILL = "backfill/";
    public static final String RESULTS = "results/";
    /// The newest report, under a key that never changes.
    public static final String LATEST_REPORT = REPORTS + "latest/";

    private static final DateTimeFormatter DAY = format("'dt='yyyy-MM-dd");
    private static final DateTimeFormatter HOUR = format("'dt='yyyy-MM-dd'/hh='HH");
    private static final String DATED = "dt=(\\d{4}-\\d\\d-\\d\\d)/";
    private static final String UUID = "([0-9a-f-]{36})";
    private static final Pattern FLAG = Pattern.compile(FLAGS + DATED + "hh=\\d\\d/" + UUID + "\\.json");
    private static final Pattern REVIEW = Pattern.compile(REVIEWS + DATED + UUID + "/[0-9a-f-]{36}\\.json");
    private static final Pattern CLAIM = Pattern.compile(CLAIMS + DATED + UUID + "/" + UUID + "\\.json");
    private static final Pattern TALLY = Pattern.compile(TALLIES + DATED + "hh=([01]\\d|2[0-3])/[^/]+\\.json");
    private static final Pattern FORGOTTEN_ID = Pattern.compile(FORGOTTEN + UUID + "\\.json");
    private static final Pattern RUN = Pattern.compile(BACKFILL + UUID + "/");
    private static final Pattern RUN_FLAG = Pattern.compile(BACKFILL + UUID + "/flags/" + UUID + "\\.json");
    private static final Pattern RUN_TALLY = Pattern.compile(BACKFILL + UUID + "/tallies/(\\d{6})\\.json");
    private static final Pattern DATE = Pattern.compile("[a-z-]+/" + DATED);

    private Keys() {}

    /// Where a model stands. The key of a version never changes its content.
    public static String model(String name, String version) {
        return MODELS + name + "/" + version + "/model.onnx";
    }

    /// Where a deployed zip stands.
    ///
    /// @param sha256 of its bytes
    public static String code(String sha256) {
        return "code/" + sha256 + ".zip";
    }

    static String flag(String id, Instant time) {
        return FLAGS + HOUR.format(time) + "/" + id + ".json";
    }

    static String picture(String id, Instant time) {
        return PICTURES + DAY.format(time) + "/" + id + ".jpg";
    }

    /// The picture that was kept with a flag of this key.
    static String pictureOf(String flagKey, String id) {
        return PICTURES + "dt=" + day(flagKey).orElseThrow() + "/" + id + ".jpg";
    }

    static String tally(Instant hour, String environment) {
        return TALLIES + HOUR.format(hour) + "/" + environment + ".json";
    }

    /// The folder of one day's tallies.
    static String tallies(LocalDate day) {
        return TALLIES + "dt=" + day + "/";
    }

    /// Says that nobody may restore the flag of this answer.
    static String forgotten(String id) {
        return FORGOTTEN + id + ".json";
    }

    /// The id of an answer whose flag nobody may restore; empty for any other key.
    static Optional<String> forgottenId(String key) {
        return group(FORGOTTEN_ID, key, 1);
    }

    /// @param flagged when the flag was written
    static String review(Instant flagged, String flag, String id) {
        return REVIEWS + DAY.format(flagged) + "/" + flag + "/" + id + ".json";
    }

    /// The claims about one answer.
    ///
    /// @param answered when the answer was given, as its id says
    static String claims(Instant answered, String answer) {
        return CLAIMS + DAY.format(answered) + "/" + answer + "/";
    }

    static String claim(Instant answered, String answer, String id) {
        return claims(answered, answer) + id + ".json";
    }

    /// The id of the answer that a claim's key names; empty for any other key.
    static Optional<String> claimedAnswer(String key) {
        return group(CLAIM, key, 2);
    }

    /// The id of a claim of this key; empty for any other key, and for what is no id.
    static Optional<String> claimId(String key) {
        return group(CLAIM, key, 3).filter(id -> UuidV7.time(id).isPresent());
    }

    static String baselines(String model) {
        return BASELINES + model + "/";
    }

    static String baseline(String model, String id) {
        return baselines(model) + id + ".json";
    }

    /// The folder of one day's report.
    public static String report(LocalDate day) {
        return REPORTS + "dt=" + day + "/";
    }

    /// A settled day's tallies, merged.
    static String mergedTallies(LocalDate day) {
        return report(day) + "tallies.json";
    }

    /// A settled day's flags, merged.
    public static String settledFlags(LocalDate day) {
        return SETTLED_FLAGS + "dt=" + day + "/flags.jsonl.gz";
    }

    /// The folder of one day's flags.
    static String flags(LocalDate day) {
        return FLAGS + "dt=" + day + "/";
    }

    /// The id of a flag's key; empty for any other key.
    static Optional<String> flagId(String key) {
        return group(FLAG, key, 2);
    }

    /// The id of the flag that a review's key names; empty for any other key.
    static Optional<String> reviewedFlag(String key) {
        return group(REVIEW, key, 2);
    }

    /// The hour of a tally's key, 0 to 23; empty for any other key.
    static Optional<Integer> tallyHour(String key) {
        return group(TALLY, key, 2).map(Integer::parseInt);
    }

    /// All that a run leaves but its results.
    static String ofRun(String run) {
        return BACKFILL + run + "/";
    }

    /// What a run is about.
    public static String run(String run) {
        return ofRun(run) + "run.json";
    }

    /// The chunks of a run, which a Distributed Map reads.
    ///
    /// @param attempt 1 for the whole run, more for what was left of it
    public static String plan(String run, int attempt) {
        return ofRun(run) + (attempt == 1 ? "plan.json" : "plan-" + attempt + ".json");
    }

    static String runFlags(String run) {
        return ofRun(run) + "flags/";
    }

    /// An answer of a run that a person should see.
    public static String runFlag(String run, String id) {
        return runFlags(run) + id + ".json";
    }

    static String runTallies(String run) {
        return ofRun(run) + "tallies/";
    }

    /// What one chunk of a run counted. The last thing that is written of a chunk.
    ///
    /// @param chunk six digits
    public static String runTally(String run, String chunk) {
        return runTallies(run) + chunk + ".json";
    }

    static String results(String run) {
        return RESULTS + "run=" + run + "/";
    }

    /// The answers of one chunk of a run, a line each.
    ///
    /// @param chunk six digits
    public static String results(String run, String chunk) {
        return results(run) + chunk + ".jsonl.gz";
    }

    /// The run of a key's folder, `backfill/<run>/`; empty for any other.
    static Optional<String> runId(String folder) {
        return group(RUN, folder, 1);
    }

    /// The id of a run's flag by its key; empty for any other key.
    static Optional<String> runFlagId(String key) {
        return group(RUN_FLAG, key, 2);
    }

    /// The chunk whose tally has this key; empty for any other key.
    public static Optional<String> talliedChunk(String key) {
        return group(RUN_TALLY, key, 2);
    }

    /// The day under which an object lies; empty where the key has none, or one that no calendar has.
    public static Optional<LocalDate> day(String key) {
        Matcher matcher = DATE.matcher(key);
        try {
            return matcher.lookingAt() ? Optional.of(LocalDate.parse(matcher.group(1))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The day of a time.
    static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static Optional<String> group(Pattern pattern, String key, int group) {
        Matcher matcher = pattern.matcher(key);
        return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
