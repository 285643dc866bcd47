package haricot.drift.page;

import haricot.bucket.Measure;
import haricot.drift.Signal;
import haricot.drift.Words;
import java.util.Locale;
import java.util.Optional;

/// What a signal says of a window, and what it measures, in plain words.
final class Meaning {
    private Meaning() {}

    /// One sentence: what changed and by how much, and whether that is certain.
    static String of(Signal signal) {
        return said(signal) + " " + switch (signal.level()) {
            case TOO_FEW, OK -> signal.decides()
                    ? "Not enough to matter, or no more than chance."
                    : "Shown only: it has no say in the verdict.";
            case WATCH -> "More than chance, and enough to look at.";
            case ALARM -> "More than chance, and a large change.";
        };
    }

    /// What the signal measures.
    static String definition(String name) {
        return switch (name) {
            case Signal.FLAGGED_RATE ->
                "The share of pictures that look unlike what the model has learned from, or are too "
                        + "poor to judge. Its change is counted in percentage points.";
            case Signal.LABELS ->
                "How often each class was answered. A change can be real, a season or a field, or a sign "
                        + "that the model errs.";
            default -> Measure.of(name).map(Meaning::definition).orElse("A measure of a later version.");
        };
    }

    /// What PSI is, once for all.
    static String psi() {
        return "The population stability index compares two distributions bin by bin: 0 is no difference, 0.1 is worth a "
                + "look, 0.25 is a large change. \"By chance\" is how probable such a difference is if nothing changed; "
                + "\"corrected\" allows for the number of questions asked.";
    }

    private static String definition(Measure measure) {
        return switch (measure) {
            case SCORE -> "How strange a picture is: the share of reference pictures that are more ordinary, 0 to 1.";
            case CONFIDENCE -> "How probable the model thinks its own answer is; calibrated, so that of answers at 0.9 "
                    + "nine in ten are right where pictures are familiar.";
            case BRIGHTNESS -> "The mean brightness of a picture, 0 black to 1 white.";
            case SHARPNESS -> "How much fine detail a picture has; low is blurred.";
            case PIXELS -> "Width times height of the file, as it was sent.";
            case LATENCY -> "Milliseconds from a picture's bytes to its verdict.";
        };
    }

    private static String said(Signal signal) {
        return switch (signal.name()) {
            case Signal.FLAGGED_RATE -> String.format(Locale.ENGLISH, "%s of the pictures were flagged, usual is %s.",
                    Words.percent(signal.value()), Words.percent(signal.reference()));
            case Signal.LABELS -> "The classes were answered in " + amount(signal) + " proportions.";
            default -> Measure.of(signal.name()).map(measure -> measured(signal, measure)).orElse("");
        };
    }

    private static String measured(Signal signal, Measure measure) {
        Optional<String> change = signal.value() == signal.reference()
                ? Optional.empty()
                : Optional.of(signal.value() > signal.reference() ? measure.higher() : measure.lower());
        return change.map(words -> "Half of the " + (measure == Measure.CONFIDENCE ? "answers" : "pictures")
                + " are at "
                + shown(measure, signal.value()) + " or over, usual is " + shown(measure, signal.reference()) + ": "
                + words + ".").orElse("The middle is as usual.");
    }

    private static String amount(Signal signal) {
        return signal.size() >= 0.25 ? "very different" : signal.size() >= 0.1 ? "different" : "about the usual";
    }

    private static String shown(Measure measure, double value) {
        return measure == Measure.PIXELS ? Words.pixels(value) : Words.decimal(value);
    }
}
