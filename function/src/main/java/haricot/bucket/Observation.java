package haricot.bucket;

import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.time.Duration;

/// One answered picture, as a tally counts it.
///
/// @param id the answer's
/// @param verdict the final one, with the reasons that the rollout and the audit added
/// @param quality the model's measures of the picture
/// @param pixels in the file, width times height
/// @param took from the arrival of the event to its answer
public record Observation(String id, Verdict verdict, Prediction.Quality quality, long pixels, Duration took) {

    /// Whether a person should see it: then there is a flag object for it.
    public boolean leavesFlag() {
        return verdict.decision() != Decision.ACCEPT || verdict.reasons().contains(Reason.AUDIT);
    }
}
