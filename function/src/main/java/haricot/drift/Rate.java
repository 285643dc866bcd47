package haricot.drift;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// A share: so many of so many.
///
/// @param hits 0 to `of`
/// @param of 0 and up
public record Rate(long hits, long of) {
    /// The normal distribution's 97.5 % point, for intervals of 95 %.
    private static final double Z = 1.959963984540054;
    /// With more hits than this in both samples together the exact test would add up
    /// tens of thousands of terms, and the normal approximation is right to three
    /// digits.
    private static final long EXACT_UP_TO = 20_000;

    public Rate {
        if (hits < 0 || hits > of) {
            throw new IllegalArgumentException(hits + " of " + of + " is not a share");
        }
    }

    /// The share itself, 0 where there was nothing.
    public double value() {
        return of == 0 ? 0 : (double) hits / of;
    }

    /// Wilson's score interval (Wilson, JASA 22, 1927): unlike the textbook's it stays
    /// inside 0 and 1 and does not collapse when nothing was hit. All of 0 to 1 where
    /// there was nothing.
    public Interval wilson() {
        if (of == 0) {
            return new Interval(0, 1);
        }
        return wilson(value(), (double) of);
    }

    /// The same for a weighted share.
    ///
    /// @param share 0 to 1
    /// @param n as how many equally weighted ones it is worth, over 0
    public static Interval wilson(double share, double n) {
        double middle = share + Z * Z / (2 * n);
        double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        return new Interval(share == 0 ? 0 : (middle - half) / scale, share == 1 ? 1 : (middle + half) / scale);
    }

    /// How probable so large a share, or a larger one, is if both come from the same
    /// source: Fisher's exact test, one-sided. It is the binomial test of this share
    /// that also knows how uncertain the other one is; against a large reference the two
    /// agree.
    public double probabilityUnder(Rate reference) {
        long population = of + reference.of;
        long hitsOfBoth = hits + reference.hits;
        if (of == 0 || reference.of == 0 || hitsOfBoth == 0) {
            return 1;
        }
        if (hitsOfBoth <= EXACT_UP_TO && population <= Integer.MAX_VALUE) {
            return HypergeometricDistribution.of((int) population, (int) hitsOfBoth, (int) of)
                    .survivalProbability((int) hits - 1);
        }
        double pooled = (double) hitsOfBoth / population;
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1d / of + 1d / reference.of));
        return deviation == 0
                ? 1
                : NormalDistribution.of(0, 1).survivalProbability((value() - reference.value()) / deviation);
    }
}
