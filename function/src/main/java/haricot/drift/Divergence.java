package haricot.drift;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// How far two histograms of the same bins are apart, and whether that could be chance.
///
/// @param psi the population stability index, Σ (p − q) ln(p / q): 0 for equal shares,
///     customarily 0.1 for a change to look at and 0.25 for a large one
/// @param chiSquare Pearson's statistic for the two samples
/// @param freedom its degrees of freedom; 0 where there is too little to tell
/// @param probability of so large a statistic if both samples have one source
public record Divergence(double psi, double chiSquare, int freedom, double probability) {
    private static final Divergence UNKNOWN = new Divergence(0, 0, 0, 1);

    /// The customary bound (Cochran, 1954) below which the chi-square distribution is
    /// too rough. Bins are joined with their neighbours until each would hold so many in
    /// the smaller sample. PSI is taken over the same bins: over more of them it
    /// measures its own noise.
    private static final double EXPECTED = 5;
    /// Added to each joined bin, so that an empty one does not make PSI infinite.
    private static final double HALF = 0.5;

    /// @param some counts by bin
    /// @param reference counts of the same bins
    static Divergence between(List<Long> some, List<Long> reference) {
        List<Pair> bins = joined(some, reference);
        double n = bins.stream().mapToLong(Pair::a).sum();
        double m = bins.stream().mapToLong(Pair::b).sum();
        if (bins.size() < 2) {
            return UNKNOWN;
        }
        double psi = 0;
        double chiSquare = 0;
        for (Pair bin : bins) {
            double p = (bin.a + HALF) / (n + HALF * bins.size());
            double q = (bin.b + HALF) / (m + HALF * bins.size());
            psi += (p - q) * Math.log(p / q);
            double expected = n * (bin.a + bin.b) / (n + m);
            double expectedOfReference = m * (bin.a + bin.b) / (n + m);
            chiSquare += square(bin.a - expected) / expected
                    + square(bin.b - expectedOfReference) / expectedOfReference;
        }
        int freedom = bins.size() - 1;
        return new Divergence(psi, chiSquare, freedom,
                ChiSquaredDistribution.of(freedom).survivalProbability(chiSquare));
    }

    /// The probability that a value of the first is larger than one of the second, equal
    /// ones counting half: above 0.5 the first lies higher (Mann and Whitney, 1947). 0.5
    /// where one is empty.
    static double higher(List<Long> some, List<Long> reference) {
        double n = some.stream().mapToLong(Long::longValue).sum();
        double m = reference.stream().mapToLong(Long::longValue).sum();
        double below = 0;
        double pairs = 0;
        for (int i = 0; i < some.size(); i++) {
            pairs += some.get(i) * (below + reference.get(i) / 2d);
            below += reference.get(i);
        }
        return n == 0 || m == 0 ? 0.5 : pairs / n / m;
    }

    private record Pair(long a, long b) {
        private Pair plus(Pair other) {
            return new Pair(a + other.a, b + other.b);
        }
    }

    private static List<Pair> joined(List<Long> some, List<Long> reference) {
        long n = some.stream().mapToLong(Long::longValue).sum();
        long m = reference.stream().mapToLong(Long::longValue).sum();
        List<Pair> bins = new ArrayList<>();
        if (n == 0 || m == 0) {
            return bins;
        }
        double enough = EXPECTED * (n + m) / Math.min(n, m);
        Pair open = new Pair(0, 0);
        for (int i = 0; i < some.size(); i++) {
            open = open.plus(new Pair(some.get(i), reference.get(i)));
            if (open.a + open.b >= enough) {
                bins.add(open);
                open = new Pair(0, 0);
            }
        }
        if (open.a + open.b > 0 && !bins.isEmpty()) {
            bins.add(bins.removeLast().plus(open));
        }
        return bins;
    }

    private static double square(double x) {
        return x * x;
    }
}
