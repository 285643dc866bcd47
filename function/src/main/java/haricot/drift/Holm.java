package haricot.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Correction for many tests: ten questions at 1 % each give a false answer in
/// one window of ten.
final class Holm {
    private Holm() {}

    /// Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979) in its
    /// weighted form: with any number of tests that find nothing, the chance that one
    /// corrected probability falls below α is at most α, whatever their dependence.
    /// Equal weights give the usual form.
    ///
    /// @param probabilities one per test
    /// @param weights as many, positive: a test of twice the weight is corrected half as
    ///     much
    /// @return the corrected probabilities, in the same order
    static List<Double> corrected(List<Double> probabilities, List<Double> weights) {
        List<Integer> order = IntStream.range(0, probabilities.size()).boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities.get(i) / weights.get(i))).toList();
        List<Double> corrected = new ArrayList<>(Collections.nCopies(probabilities.size(), 1d));
        double left = weights.stream().mapToDouble(Double::doubleValue).sum();
        double largest = 0;
        for (int i : order) {
            largest = Math.max(largest, Math.min(1, probabilities.get(i) / weights.get(i) * left));
            corrected.set(i, largest);
            left -= weights.get(i);
        }
        return corrected;
    }
}
