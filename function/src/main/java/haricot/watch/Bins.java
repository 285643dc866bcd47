package haricot.watch;

import haricot.vision.ModelCard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The edges of a tally's histograms. All but those of the latency come from the
/// model's metadata: the counts of the field can then be compared with its reference.
///
/// @param score of [haricot.vision.Prediction#score()]
/// @param confidence of the most probable label's probability
/// @param brightness mean luma, 0 to 1
/// @param sharpness in the unit of the model card
/// @param pixels in the file, width times height
public record Bins(List<Double> score, List<Double> confidence, List<Double> brightness, List<Double> sharpness,
        List<Double> pixels) {

    /// Milliseconds from a warm answer to the 29 seconds after which API Gateway gives
    /// up, about three steps an octave: a percentile read from them is off by at most a
    /// quarter. Changing them makes old tallies unmergeable with new ones.
    static final List<Double> LATENCY = List.of(0d, 5d, 6d, 8d, 10d, 13d, 16d, 20d, 25d, 32d, 40d, 50d, 63d, 80d, 100d,
            130d, 160d, 200d, 250d, 320d, 400d, 500d, 630d, 800d, 1000d, 1600d, 2500d, 4000d, 6300d, 10000d, 16000d,
            29000d);

    /// Those of a model's own reference.
    public static Bins of(ModelCard card) {
        return new Bins(edges(card, Tally.SCORE), edges(card, Tally.CONFIDENCE), edges(card, Tally.BRIGHTNESS),
                edges(card, Tally.SHARPNESS), edges(card, Tally.PIXELS));
    }

    private static List<Double> edges(ModelCard card, String measure) {
        return card.reference().histograms().get(measure).edges();
    }

    /// One empty histogram for each measure, by its name in a tally.
    Map<String, Histogram> empty() {
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        histograms.put(Tally.SCORE, Histogram.empty(score));
        histograms.put(Tally.CONFIDENCE, Histogram.empty(confidence));
        histograms.put(Tally.BRIGHTNESS, Histogram.empty(brightness));
        histograms.put(Tally.SHARPNESS, Histogram.empty(sharpness));
        histograms.put(Tally.PIXELS, Histogram.empty(pixels));
        histograms.put(Tally.LATENCY, Histogram.empty(LATENCY));
        return histograms;
    }
}
