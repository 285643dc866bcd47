package haricot.model;

import java.util.List;

/// What Haricot makes of a prediction by the thresholds of its model.
///
/// @param ranked every label, most probable first
/// @param flagged unfamiliar, or too poor to judge; a low confidence alone does not
///     set it
/// @param score see [Prediction#score()]
/// @param distance see [Prediction#distance()]
/// @param threshold the score from which a picture is flagged
/// @param decision accept, review or reject; with reject an answer has neither label
///     nor confidence
/// @param reasons in the order of [Reason], empty when simply accepted
public record Verdict(List<Ranked> ranked, boolean flagged, float score, float distance, float threshold,
        Decision decision, List<Reason> reasons) {

    /// A label with its calibrated probability.
    public record Ranked(String label, float probability) {}

    /// The same verdict with another decision.
    public Verdict with(Decision other, List<Reason> why) {
        return new Verdict(ranked, flagged, score, distance, threshold, other, why);
    }

    /// Whether an answer may name a label: a rejected picture has none.
    public boolean labelled() {
        return decision != Decision.REJECT;
    }

    /// The most probable label, even if the decision is to reject.
    public Ranked top() {
        return ranked.getFirst();
    }
}
