package haricot.drift;

/// One question that a report asks of a window, with its answer.
///
/// @param name `flagged-rate`, `labels`, or a measure of the tally
/// @param value the window's rate or median; 0 for labels
/// @param reference the same of what it is compared with
/// @param size how large the change is: percentage points over the reference divided by
///     100 for the flagged rate, else PSI
/// @param probability of such a change by chance
/// @param corrected the same after correction for all signals that decide
/// @param decides whether it has a say in the verdict
/// @param level what it says
public record Signal(String name, double value, double reference, double size, double probability, double corrected,
        boolean decides, Level level) {
    public static final String FLAGGED_RATE = "flagged-rate";
    public static final String LABELS = "labels";

    /// Both must hold, a change that is not chance and one that matters: significance
    /// alone would alarm forever on many pictures, and size alone on few.
    private static final double WATCH_PROBABILITY = 0.01;
    private static final double ALARM_PROBABILITY = 0.001;

    /// From 2 flagged in a hundred more than usual, and from 5.
    private static final double WATCH_RATE = 0.02;
    private static final double ALARM_RATE = 0.05;
    /// The customary bounds of PSI.
    private static final double WATCH_PSI = 0.1;
    private static final double ALARM_PSI = 0.25;

    /// Half of the whole error is the flagged rate's, which is the strong test; the
    /// others share the rest.
    static final double WEIGHT_OF_RATE = 6;

    /// Not yet corrected.
    static Signal of(String name, double value, double reference, double size, double probability, boolean decides) {
        return new Signal(name, value, reference, size, probability, 1, decides, Level.OK);
    }

    Signal corrected(double probability) {
        return new Signal(name, value, reference, size, this.probability, probability, decides, level(probability));
    }

    double weight() {
        return ofRate() ? WEIGHT_OF_RATE : 1;
    }

    public boolean ofRate() {
        return name.equals(FLAGGED_RATE);
    }

    /// Whether a change of this size would matter, if it were no chance.
    boolean matters() {
        return size >= (ofRate() ? WATCH_RATE : WATCH_PSI);
    }

    /// Whether it is beyond chance, of whatever size.
    boolean certain() {
        return decides && corrected < WATCH_PROBABILITY;
    }

    private Level level(double correctedProbability) {
        if (!decides) {
            return Level.OK;
        }
        if (correctedProbability < ALARM_PROBABILITY && size >= (ofRate() ? ALARM_RATE : ALARM_PSI)) {
            return Level.ALARM;
        }
        if (correctedProbability < WATCH_PROBABILITY && size >= (ofRate() ? WATCH_RATE : WATCH_PSI)) {
            return Level.WATCH;
        }
        return Level.OK;
    }
}
