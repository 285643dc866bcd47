package haricot;

import haricot.vision.Decision;
import haricot.vision.Reason;
import haricot.vision.Verdict;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which accepted answers a person sees anyway.
final class Scrutiny {
    /// Nobody looks.
    static final Scrutiny NONE = new Scrutiny(Settings.Rollout.EXPANDED, 0, () -> 0);

    private final Settings.Rollout rollout;
    private final double auditRate;
    private final RandomGenerator random;

    Scrutiny(Settings settings, RandomGenerator random) {
        this(settings.rollout(), settings.auditRate(), random);
    }

    private Scrutiny(Settings.Rollout rollout, double auditRate, RandomGenerator random) {
        this.rollout = rollout;
        this.auditRate = auditRate;
        this.random = random;
    }

    /// Under a manual rollout every accept becomes a review; otherwise a random share of them gets the reason `audit`.
    Verdict of(Verdict verdict) {
        if (verdict.decision() != Decision.ACCEPT) {
            return verdict;
        }
        if (rollout == Settings.Rollout.MANUAL) {
            return verdict.with(Decision.REVIEW, List.of(Reason.ROLLOUT));
        }
        return random.nextDouble() < auditRate ? verdict.with(Decision.ACCEPT, List.of(Reason.AUDIT)) : verdict;
    }

    /// The chance that an answer like this gets a flag; a report weights its review by it.
    double samplingProbability(Verdict verdict) {
        return verdict.reasons().contains(Reason.AUDIT) ? auditRate : 1;
    }
}
