package haricot.local.compare;

import haricot.drift.Estimate;
import haricot.drift.Rate;
import java.util.List;

/// The shares of pictures that a comparison counts.
final class Shares {
    private Shares() {}

    /// @param pictures on which both give the same label, and of how many
    /// @param field the share of all answers that callers would get, from the kept pictures by their sampling
    ///     probability; empty without any
    /// @param ordinary whether kept pictures of ordinary answers are among them; otherwise the field's share speaks for
    ///     the flagged ones alone
    record Agreement(Rate pictures, List<Estimate> field, boolean ordinary) {}

    /// @param old by the live model, of the pictures here
    /// @param oldField the share of all answers, as in [Agreement]
    /// @param onlyOld pictures that the live model alone flags
    /// @param onlyCandidate pictures that the candidate alone flags
    /// @param probability of so uneven a division between equals
    record Flagged(Rate old, Rate candidate, List<Estimate> oldField, List<Estimate> candidateField, long onlyOld,
            long onlyCandidate, double probability) {}

    /// @param onlyOld pictures on which the live model alone is right
    /// @param onlyCandidate pictures on which the candidate alone is right
    /// @param probability of so uneven a division between equals (McNemar's exact test)
    record Reviewed(Rate old, Rate candidate, long onlyOld, long onlyCandidate, double probability) {}
}
