package haricot.bucket;

import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Answers to count, and what they are counted in.
public final class Observations {
    static final Tally.Model BEANS = new Tally.Model("beans", "1.0.0", "ab".repeat(32));
    public static final Bins BINS = new Bins(Map.of(
            Measure.SCORE, List.of(0d, 0.25, 0.5, 0.75, 0.9, 0.99, 1d),
            Measure.CONFIDENCE, List.of(0.3, 0.5, 0.7, 0.9, 1d),
            Measure.BRIGHTNESS, List.of(0d, 0.2, 0.4, 0.6, 0.8, 1d),
            Measure.SHARPNESS, List.of(0d, 10d, 100d, 1000d),
            Measure.PIXELS, List.of(0d, 1e4, 1e5, 1e6, 1e7),
            Measure.LATENCY, Bins.LATENCY));
    public static final Tally NOTHING = Tally.empty(BEANS, "7", BINS);

    private Observations() {}

    public static Observation accepted(String id, String label, float confidence) {
        return answered(id, label, confidence, 0.31f, 12.7f, false, Decision.ACCEPT, List.of());
    }

    static Observation audited(String id) {
        return answered(id, "healthy", 0.9f, 0.31f, 12.7f, false, Decision.ACCEPT, List.of(Reason.AUDIT));
    }

    static Observation unsure(String id) {
        return answered(id, "healthy", 0.5f, 0.31f, 12.7f, false, Decision.REVIEW, List.of(Reason.LOW_CONFIDENCE));
    }

    public static Observation strange(String id, float distance) {
        return answered(id, "healthy", 0.8f, 1, distance, true, Decision.REJECT, List.of(Reason.UNFAMILIAR));
    }

    private static Observation answered(String id, String label, float confidence, float score, float distance,
            boolean flagged, Decision decision, List<Reason> reasons) {
        Verdict verdict = new Verdict(List.of(new Verdict.Ranked(label, confidence)), flagged, score, distance, 0.99f,
                decision, reasons);
        return new Observation(id, verdict, new Prediction.Quality(0.5f, 0, 120), 250_000, Duration.ofMillis(14));
    }
}
