package haricot.bucket;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A tally of chosen counts: what is not said is nothing.
public final class TallyDraft {
    private final Tally nothing;
    private final Map<String, Histogram> histograms;
    private long answered;
    private long flagged;
    private long flags;
    private long familiarConfidence;
    private Map<String, Long> labels = Map.of();
    private Map<String, Long> decisions = Map.of();
    private Map<String, Long> reasons = Map.of();
    private List<Strange> strangest = List.of();

    /// @param nothing gives model, function version and edges
    public TallyDraft(Tally nothing) {
        this.nothing = nothing;
        this.histograms = new TreeMap<>(nothing.histograms());
    }

    /// @param flagged of the answered
    /// @param flags how many answers left a flag
    public TallyDraft answers(long answered, long flagged, long flags) {
        this.answered = answered;
        this.flagged = flagged;
        this.flags = flags;
        return this;
    }

    /// @param sum of the confidences of familiar answers, in millionths
    public TallyDraft familiarConfidence(long sum) {
        familiarConfidence = sum;
        return this;
    }

    public TallyDraft labels(Map<String, Long> counts) {
        labels = counts;
        return this;
    }

    public TallyDraft decisions(Map<String, Long> counts) {
        decisions = counts;
        return this;
    }

    public TallyDraft reasons(Map<String, Long> counts) {
        reasons = counts;
        return this;
    }

    public TallyDraft strangest(List<Strange> five) {
        strangest = five;
        return this;
    }

    /// @param counts one a bin
    public TallyDraft histogram(String measure, long[] counts) {
        histograms.put(measure, new Histogram(nothing.histograms().get(measure).edges(),
                Arrays.stream(counts).boxed().toList()));
        return this;
    }

    public Tally tally() {
        return new Tally(Tally.SCHEMA, nothing.model(), nothing.functionVersions(), answered, flagged, flags,
                answered - flagged, familiarConfidence, labels, decisions, reasons, Map.of(), histograms, strangest);
    }
}
