package haricot.bucket;

import haricot.model.ModelCard;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The edges of a tally's histograms. All but those of the latency come from the
/// model's metadata: the counts of the field can then be compared with its reference.
///
/// @param edges ascending, by measure
public record Bins(Map<Measure, List<Double>> edges) {

    /// Milliseconds from a warm answer to the 29 seconds after which API Gateway gives
    /// up, about three steps an octave: a percentile read from them is off by at most a
    /// quarter. Changing them makes old tallies unmergeable with new ones.
    public static final List<Double> LATENCY = List.of(0d, 5d, 6d, 8d, 10d, 13d, 16d, 20d, 25d, 32d, 40d, 50d, 63d, 80d,
            100d, 130d, 160d, 200d, 250d, 320d, 400d, 500d, 630d, 800d, 1000d, 1600d, 2500d, 4000d, 6300d, 10000d,
            16000d, 29000d);

    /// Those of a model's own reference, and the latency's.
    public static Bins of(ModelCard card) {
        Map<Measure, List<Double>> edges = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.OF_CARD) {
            edges.put(measure, card.reference().histograms().get(measure.word()).edges());
        }
        edges.put(Measure.LATENCY, LATENCY);
        return new Bins(edges);
    }

    /// One empty histogram for each measure, by its name in a tally.
    Map<String, Histogram> empty() {
        Map<String, Histogram> histograms = new TreeMap<>();
        edges.forEach((measure, ofMeasure) -> histograms.put(measure.word(), Histogram.empty(ofMeasure)));
        return histograms;
    }
}
