package haricot.bucket;

import haricot.model.Reason;
import haricot.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What was answered: by one execution environment in one hour as it is in the
/// bucket, or any number of those merged.
///
/// All of it is sums, so tallies of one model merge by addition, in any order, and a
/// report costs as much as there were environment-hours, not requests. Immutable.
///
/// @param schema 1
/// @param model whose answers these are; tallies of two models do not merge
/// @param functionVersions of Lambda, sorted
/// @param answered pictures that got an answer
/// @param flagged those of them that were unfamiliar or too poor to judge
/// @param flags those of them for which a flag object was to be written: every
///     decision but accept, and the audited accepts
/// @param familiar answers that were not flagged
/// @param familiarConfidence sum of the confidences of those, in millionths: whole
///     numbers add up to the same sum in any order
/// @param labels answers by label, without the rejected ones, which have none
/// @param decisions answers by decision
/// @param reasons answers by reason; one answer may have several
/// @param errors refused requests and places of a batch, by code
/// @param histograms by measure: score, confidence, brightness, sharpness, pixels,
///     latency in milliseconds, from the event to the answer
/// @param strangest at most five, strangest first
public record Tally(int schema, Model model, List<String> functionVersions, long answered, long flagged, long flags,
        long familiar, long familiarConfidence, Map<String, Long> labels, Map<String, Long> decisions,
        Map<String, Long> reasons, Map<String, Long> errors, Map<String, Histogram> histograms,
        List<Strange> strangest) {
    static final int SCHEMA = 1;

    private static final double MILLION = 1e6;

    /// The model behind an answer.
    ///
    /// @param sha256 of its file, in lower-case hexadecimal
    public record Model(String name, String version, String sha256) {
        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
        private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.-]{0,31}");
        private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

        /// Name and version become parts of keys.
        public Model {
            if (!NAME.matcher(name).matches() || !VERSION.matcher(version).matches()
                    || !SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("the name, version or hash of its model is none");
            }
        }
    }

    public Tally {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("a tally of schema " + schema + ", expected " + SCHEMA);
        }
        if (answered > Histogram.MOST || flagged < 0 || flags < 0 || familiar < 0 || answered != flagged + familiar
                || flags > answered || familiarConfidence < 0 || familiarConfidence > MILLION * familiar) {
            throw new IllegalArgumentException("a tally whose counts contradict each other: " + answered + " answered, "
                    + flagged + " flagged, " + familiar + " familiar, " + flags + " flags");
        }
        functionVersions = List.copyOf(functionVersions);
        labels = sorted(labels);
        decisions = sorted(decisions);
        reasons = sorted(reasons);
        errors = sorted(errors);
        histograms.values().forEach(Objects::requireNonNull);
        histograms = Collections.unmodifiableMap(new TreeMap<>(histograms));
        strangest = List.copyOf(strangest);
    }

    /// One in which nothing has been counted yet.
    public static Tally empty(Model model, String functionVersion, Bins bins) {
        return new Tally(SCHEMA, model, List.of(functionVersion), 0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of(), Map.of(),
                bins.empty(), List.of());
    }

    /// @throws IOException if these bytes are not a tally of this schema
    public static Tally read(byte[] json) throws IOException {
        return Json.read(json, Tally.class);
    }

    /// One JSON object; the same tally gives the same bytes.
    public byte[] json() {
        return Json.write(this);
    }

    /// This and one more answer.
    public Tally plus(Observation answer) {
        Verdict verdict = answer.verdict();
        double confidence = verdict.top().probability();
        boolean labelled = switch (verdict.decision()) {
            case ACCEPT, REVIEW -> true;
            case REJECT -> false;
        };
        Map<String, Long> moreReasons = reasons;
        for (Reason reason : verdict.reasons()) {
            moreReasons = add(moreReasons, reason.word());
        }
        int familiarNow = verdict.flagged() ? 0 : 1;
        return new Tally(schema, model, functionVersions, answered + 1, flagged + 1 - familiarNow,
                flags + (answer.leavesFlag() ? 1 : 0), familiar + familiarNow,
                familiarConfidence + familiarNow * Math.round(confidence * MILLION),
                labelled ? add(labels, verdict.top().label()) : labels, add(decisions, verdict.decision().word()),
                moreReasons, errors, measured(answer, confidence), Strange.strangest(strangest,
                        List.of(new Strange(answer.id(), exact(verdict.score()), exact(verdict.distance())))));
    }

    /// This and one more refusal, by its code in the HTTP contract.
    public Tally plusError(String code) {
        return new Tally(schema, model, functionVersions, answered, flagged, flags, familiar, familiarConfidence,
                labels, decisions, reasons, add(errors, code), histograms, strangest);
    }

    /// The same answers, one of which took longer than was counted.
    Tally tookLonger(Duration counted, Duration took) {
        Map<String, Histogram> corrected = new TreeMap<>(histograms);
        corrected.computeIfPresent(Measure.LATENCY.word(),
                (_, histogram) -> histogram.moved(counted.toNanos() / MILLION, took.toNanos() / MILLION));
        return new Tally(schema, model, functionVersions, answered, flagged, flags, familiar, familiarConfidence,
                labels, decisions, reasons, errors, corrected, strangest);
    }

    /// This and another one of the same model.
    ///
    /// @throws IllegalArgumentException if the model or the edges of a histogram differ
    public Tally plus(Tally other) {
        if (!model.equals(other.model)) {
            throw new IllegalArgumentException("tallies of " + model + " and " + other.model + " cannot be added");
        }
        return new Tally(schema, model,
                Stream.concat(functionVersions.stream(), other.functionVersions.stream()).distinct().sorted().toList(),
                answered + other.answered, flagged + other.flagged, flags + other.flags, familiar + other.familiar,
                familiarConfidence + other.familiarConfidence, sum(labels, other.labels),
                sum(decisions, other.decisions), sum(reasons, other.reasons), sum(errors, other.errors),
                sumOfHistograms(other), Strange.strangest(strangest, other.strangest));
    }

    /// Counted and refused together: how often this was added to.
    long events() {
        return answered + errors.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Histogram> measured(Observation answer, double confidence) {
        Map<String, Histogram> measured = new TreeMap<>(histograms);
        for (Measure measure : Measure.values()) {
            double value = switch (measure) {
                case SCORE -> exact(answer.verdict().score());
                case CONFIDENCE -> confidence;
                case BRIGHTNESS -> exact(answer.quality().brightness());
                case SHARPNESS -> exact(answer.quality().sharpness());
                case PIXELS -> answer.pixels();
                case LATENCY -> answer.took().toNanos() / MILLION;
            };
            measured.computeIfPresent(measure.word(), (_, histogram) -> histogram.plus(value));
        }
        return measured;
    }

    private Map<String, Histogram> sumOfHistograms(Tally other) {
        Map<String, Histogram> sum = new TreeMap<>(histograms);
        other.histograms.forEach((name, histogram) -> sum.merge(name, histogram, Histogram::plus));
        return sum;
    }

    /// The decimal number that a float prints as: a score of 0.99 should be in the
    /// bucket as 0.99.
    private static double exact(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private static Map<String, Long> add(Map<String, Long> counts, String name) {
        Map<String, Long> more = new TreeMap<>(counts);
        more.merge(name, 1L, Long::sum);
        return more;
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others) {
        Map<String, Long> sum = new TreeMap<>(some);
        others.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }

    private static Map<String, Long> sorted(Map<String, Long> counts) {
        for (long count : counts.values()) {
            if (count < 0 || count > Histogram.MOST) {
                throw new IllegalArgumentException("a tally counts from 0 to " + Histogram.MOST + ", not " + counts);
            }
        }
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
