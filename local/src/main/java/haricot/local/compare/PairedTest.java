package haricot.local.compare;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/// McNemar's test in its exact form (Psychometrika 12, 1947): of the pictures on which one of two models alone is right, each
/// model would have half if both were equally good.
final class PairedTest {
    private PairedTest() {}

    /// How probable a division as uneven as this, or more so, is between equals.
    ///
    /// @param onlyFirst pictures for the first alone
    /// @param onlySecond pictures for the second alone
    static double probability(long onlyFirst, long onlySecond) {
        long all = onlyFirst + onlySecond;
        if (all == 0) {
            return 1;
        }
        double tail = BinomialDistribution.of(Math.toIntExact(all), 0.5)
                .cumulativeProbability(Math.toIntExact(Math.min(onlyFirst, onlySecond)));
        return Math.min(1, 2 * tail);
    }
}
