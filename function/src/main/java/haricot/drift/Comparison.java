package haricot.drift;

import haricot.bucket.Histogram;
import haricot.bucket.Measure;
import haricot.bucket.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A window compared with a reference.
///
/// @param signals the flagged rate first
public record Comparison(Reference reference, List<Signal> signals) {
    /// Asks all questions; their levels still have to be corrected for their number.
    static Comparison of(Tally window, Reference reference) {
        List<Signal> signals = new ArrayList<>();
        signals.add(flaggedRate(window, reference));
        signals.add(labels(window.labels(), reference));
        for (Measure measure : Measure.OF_CARD) {
            Histogram here = window.histograms().get(measure.word());
            Histogram usual = reference.histograms().get(measure.word());
            if (here != null && usual != null && here.edges().equals(usual.edges())) {
                signals.add(measure(measure, here, usual, reference.kind()));
            }
        }
        return new Comparison(reference, signals);
    }

    /// Corrects the signals of several comparisons together: a window in which two
    /// models answered asks twice as many questions.
    static List<Comparison> corrected(List<Comparison> comparisons) {
        return corrected(comparisons, comparisons.stream().map(_ -> 1d).toList());
    }

    /// The same for comparisons that are not worth alike.
    ///
    /// @param worth one for each, positive: half of the worth is corrected twice as much
    static List<Comparison> corrected(List<Comparison> comparisons, List<Double> worth) {
        List<Signal> deciding = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < comparisons.size(); i++) {
            for (Signal signal : comparisons.get(i).signals) {
                if (signal.decides()) {
                    deciding.add(signal);
                    weights.add(signal.weight() * worth.get(i));
                }
            }
        }
        List<Double> probabilities = Holm.corrected(deciding.stream().map(Signal::probability).toList(), weights);
        List<Comparison> corrected = new ArrayList<>();
        int next = 0;
        for (Comparison comparison : comparisons) {
            List<Signal> signals = new ArrayList<>();
            for (Signal signal : comparison.signals) {
                signals.add(signal.decides() ? signal.corrected(probabilities.get(next++)) : signal);
            }
            corrected.add(new Comparison(comparison.reference, signals));
        }
        return corrected;
    }

    Level level() {
        return signals.stream().map(Signal::level).reduce(Level.OK, Level::or);
    }

    private static Signal flaggedRate(Tally window, Reference reference) {
        Rate here = new Rate(window.flagged(), window.answered());
        Rate usual = reference.rate();
        return Signal.of(Signal.FLAGGED_RATE, here.value(), usual.value(), here.value() - usual.value(),
                here.probabilityUnder(usual), true);
    }

    private static Signal labels(Map<String, Long> window, Reference reference) {
        TreeSet<String> names = new TreeSet<>(window.keySet());
        names.addAll(reference.labels().keySet());
        Divergence divergence = Divergence.between(
                names.stream().map(name -> window.getOrDefault(name, 0L)).toList(),
                names.stream().map(name -> reference.labels().getOrDefault(name, 0L)).toList());
        boolean decides = switch (reference.kind()) {
            case Reference.Kind.Baseline _ -> true;
            case Reference.Kind.Training _ -> false;
        };
        return Signal.of(Signal.LABELS, 0, 0, divergence.psi(), divergence.probability(), decides);
    }

    private static Signal measure(Measure measure, Histogram window, Histogram usual, Reference.Kind kind) {
        Divergence divergence = Divergence.between(window.counts(), usual.counts());
        boolean decides = switch (kind) {
            case Reference.Kind.Baseline _ -> true;
            case Reference.Kind.Training _ ->
                measure == Measure.SCORE && Divergence.higher(window.counts(), usual.counts()) > 0.5;
        };
        return Signal.of(measure.word(), median(window), median(usual), divergence.psi(), divergence.probability(),
                decides);
    }

    private static double median(Histogram histogram) {
        return histogram.total() == 0 ? 0 : histogram.quantile(0.5);
    }
}
