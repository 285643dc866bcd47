package haricot.bucket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How often values fell between fixed edges.
///
/// The first and the last bin also take what lies beyond them, so that no value is
/// lost: `counts` has one entry fewer than `edges`, and a value on an inner edge
/// counts to the right of it.
///
/// @param edges ascending, at least two
/// @param counts one per bin, 0 and up
public record Histogram(List<Double> edges, List<Long> counts) {
    /// No bucket ever saw so many pictures: beyond it a number is a mistake, and sums might overflow.
    static final long MOST = 1_000_000_000_000L;

    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (edges.size() < 2 || counts.size() != edges.size() - 1) {
            throw new IllegalArgumentException(
                    "a histogram of " + counts.size() + " counts needs one edge more, not " + edges.size());
        }
        for (int i = 1; i < edges.size(); i++) {
            if (!(edges.get(i - 1) < edges.get(i)) || edges.get(i).isInfinite() || edges.get(i - 1).isInfinite()) {
                throw new IllegalArgumentException("the edges of a histogram must ascend and be finite: " + edges);
            }
        }
        for (long count : counts) {
            if (count < 0 || count > MOST) {
                throw new IllegalArgumentException("a histogram counts from 0 to " + MOST + ": " + counts);
            }
        }
    }

    /// One in which nothing has been counted yet.
    public static Histogram empty(List<Double> edges) {
        return new Histogram(edges, Collections.nCopies(edges.size() - 1, 0L));
    }

    /// This and one more value. What is not a number is not counted.
    public Histogram plus(double value) {
        if (Double.isNaN(value)) {
            return this;
        }
        List<Long> more = new ArrayList<>(counts);
        int bin = bin(value);
        more.set(bin, more.get(bin) + 1);
        return new Histogram(edges, more);
    }

    /// The same values, one of which is another than was counted. Where it was not counted here, nothing changes.
    Histogram moved(double from, double to) {
        if (counts.get(bin(from)) == 0 || bin(from) == bin(to)) {
            return this;
        }
        List<Long> moved = new ArrayList<>(counts);
        moved.set(bin(from), moved.get(bin(from)) - 1);
        return new Histogram(edges, moved).plus(to);
    }

    /// This and another one of the same edges.
    ///
    /// @throws IllegalArgumentException if the edges differ: they belong to different
    ///     models
    public Histogram plus(Histogram other) {
        if (!edges.equals(other.edges)) {
            throw new IllegalArgumentException("histograms of different edges cannot be added");
        }
        List<Long> sum = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            sum.add(counts.get(i) + other.counts.get(i));
        }
        return new Histogram(edges, sum);
    }

    /// How many values it holds.
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /// The value below which a share of the counted values lies, by a straight line
    /// inside the bin; not a number where nothing was counted.
    ///
    /// @param share 0 to 1
    public double quantile(double share) {
        double wanted = share * total();
        double below = 0;
        for (int i = 0; i < counts.size(); i++) {
            long here = counts.get(i);
            if (here > 0 && below + here >= wanted) {
                double width = edges.get(i + 1) - edges.get(i);
                return edges.get(i) + width * Math.max(0, wanted - below) / here;
            }
            below += here;
        }
        return Double.NaN;
    }

    /// The lower edge of the first bin that holds a value; not a number where nothing was counted.
    public double least() {
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                return edges.get(i);
            }
        }
        return Double.NaN;
    }

    /// The mean, each value taken for the middle of its bin; not a number where nothing was counted.
    public double mean() {
        double sum = 0;
        for (int i = 0; i < counts.size(); i++) {
            sum += counts.get(i) * middle(i);
        }
        return sum / total();
    }

    /// The standard deviation over the same middles; not a number where nothing was counted.
    public double deviation() {
        double mean = mean();
        double squares = 0;
        for (int i = 0; i < counts.size(); i++) {
            squares += counts.get(i) * (middle(i) - mean) * (middle(i) - mean);
        }
        return Math.sqrt(squares / total());
    }

    private double middle(int bin) {
        return (edges.get(bin) + edges.get(bin + 1)) / 2;
    }

    private int bin(double value) {
        int at = Collections.binarySearch(edges, value);
        int bin = at >= 0 ? at : -at - 2;
        return Math.clamp(bin, 0, counts.size() - 1);
    }
}
