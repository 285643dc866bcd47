package haricot.api;

import haricot.model.Decision;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which accepted answers a person sees anyway.
public final class Scrutiny {
    /// Nobody looks.
    static final Scrutiny NONE = new Scrutiny(Rollout.EXPANDED, 0, () -> 0);

    private final Rollout rollout;
    private final double auditRate;
    private final RandomGenerator random;

    /// @param auditRate share of accepted answers that a person sees all the same, 0 to 1
    public Scrutiny(Rollout rollout, double auditRate, RandomGenerator random) {
        this.rollout = rollout;
        this.auditRate = auditRate;
        this.random = random;
    }

    /// Under a manual rollout every accept becomes a review; otherwise a random share of them gets the reason `audit`.
    Verdict of(Verdict verdict) {
        if (verdict.decision() != Decision.ACCEPT) {
            return verdict;
        }
        if (rollout == Rollout.MANUAL) {
            return verdict.with(Decision.REVIEW, List.of(Reason.ROLLOUT));
        }
        return random.nextDouble() < auditRate ? verdict.with(Decision.ACCEPT, List.of(Reason.AUDIT)) : verdict;
    }

    /// The chance that an answer like this gets a flag; a report weights its review by it.
    double samplingProbability(Verdict verdict) {
        return verdict.reasons().contains(Reason.AUDIT) ? auditRate : 1;
    }
}
