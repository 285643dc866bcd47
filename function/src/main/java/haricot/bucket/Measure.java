package haricot.bucket;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a tally measures of every answer, and how a report speaks of it. The edges of all but the latency come from the
/// model's card: a new measure needs a line here, a value in [Tally], and a histogram in the model.
public enum Measure {
    SCORE("score", "score, 0 to 1", "pictures are not as familiar as usual", "pictures are more familiar than usual"),
    CONFIDENCE("confidence", "calibrated probability", "answers are more confident", "answers are less confident"),
    BRIGHTNESS("brightness", "mean luma, 0 to 1", "pictures are brighter", "pictures are darker"),
    SHARPNESS("sharpness", "sharpness", "pictures are sharper", "pictures are softer"),
    /// In the file, width times height.
    PIXELS("pixels", "pixels in the file", "pictures are larger", "pictures are smaller"),
    /// Milliseconds.
    LATENCY("latency", "milliseconds", "answers take longer", "answers take less time");

    /// Those of which the model's card knows what is usual: the counts of the field can be laid beside it.
    public static final List<Measure> OF_CARD = List.of(SCORE, CONFIDENCE, BRIGHTNESS, SHARPNESS, PIXELS);

    /// Those of the picture itself.
    public static final List<Measure> OF_PICTURES = List.of(BRIGHTNESS, SHARPNESS, PIXELS);

    private final String word;
    private final String unit;
    private final String higher;
    private final String lower;

    Measure(String word, String unit, String higher, String lower) {
        this.word = word;
        this.unit = unit;
        this.higher = higher;
        this.lower = lower;
    }

    /// The measure of a name in a tally; empty for a name of a later version.
    public static Optional<Measure> of(String word) {
        return Arrays.stream(values()).filter(measure -> measure.word.equals(word)).findFirst();
    }

    /// Its name in a tally, in the card and in a report.
    public String word() {
        return word;
    }

    /// For the axis of a plot.
    public String unit() {
        return unit;
    }

    /// What a sentence says when the median has risen.
    public String higher() {
        return higher;
    }

    /// What a sentence says when the median has fallen.
    public String lower() {
        return lower;
    }
}
