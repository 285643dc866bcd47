package haricot.watch;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says a verdict in words, for a person who reads nothing else.
final class Sentence {
    private Sentence() {}

    static String of(Verdicts verdicts, Window window, Rate rate, List<LocalDate> since,
            Map<Tally.Model, List<Reference>> references) {
        return switch (verdicts.level()) {
            case TOO_FEW -> tooFew(verdicts, window, rate, references);
            case OK -> rateOf(rate, window) + usual(verdicts) + ". Nothing has shifted beyond chance.";
            case WATCH, ALARM -> rateOf(rate, window) + usual(verdicts) + ". " + shifted(verdicts)
                    + since.stream().filter(day -> day.isBefore(window.from()))
                            .map(day -> " It began on " + Window.words(day) + ".").collect(Collectors.joining());
        };
    }

    private static String tooFew(Verdicts verdicts, Window window, Rate rate,
            Map<Tally.Model, List<Reference>> references) {
        if (rate.of() == 0) {
            return "No picture was answered on " + window.words() + ".";
        }
        boolean referred = verdicts.models().stream()
                .anyMatch(model -> !references.getOrDefault(model.tally().model(), List.of()).isEmpty());
        return rateOf(rate, window) + "; " + (referred
                ? "it takes " + Verdicts.FEWEST + " of one model to tell a drift from chance."
                : "there is nothing to compare them with, neither a baseline nor the model's own reference.");
    }

    private static String rateOf(Rate rate, Window window) {
        return String.format(Locale.ENGLISH, "%,d of %,d picture%s on %s %s flagged (%s)", rate.hits(), rate.of(),
                rate.of() == 1 ? "" : "s", window.words(), rate.hits() == 1 ? "was" : "were",
                Words.percent(rate.value()));
    }

    private static String usual(Verdicts verdicts) {
        return verdicts.main().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .map(comparison -> switch (comparison.reference().kind()) {
                    case Reference.Kind.Baseline baseline -> "; usual here is "
                            + Words.percent(comparison.reference().rate().value());
                    case Reference.Kind.Training training -> "; of the calibration pictures "
                            + Words.percent(comparison.reference().rate().value()) + " were";
                }).collect(Collectors.joining());
    }

    /// Only the worst signals: with an alarm, those at watch are only in the table.
    private static String shifted(Verdicts verdicts) {
        Stream<Signal> worst = verdicts.models().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .flatMap(comparison -> comparison.signals().stream())
                .filter(signal -> signal.level() == verdicts.level());
        return worst.sorted(Comparator.comparingDouble(Signal::corrected)).map(Sentence::words).distinct()
                .collect(Collectors.joining("; ", "Beyond chance: ", "."));
    }

    private static String words(Signal signal) {
        return switch (signal.name()) {
            case Signal.FLAGGED_RATE -> "more pictures are unlike what the model was trained on, or too poor to judge";
            case Signal.LABELS ->
                String.format(Locale.ENGLISH, "the mix of classes has changed (PSI %.2f)", signal.size());
            case Tally.SCORE -> String.format(Locale.ENGLISH, "pictures are not as familiar as usual (PSI %.2f)",
                    signal.size());
            case Tally.CONFIDENCE -> change(signal, "answers are more", "answers are less", "confident");
            case Tally.BRIGHTNESS -> change(signal, "pictures are", "pictures are", "brighter", "darker");
            case Tally.SHARPNESS -> change(signal, "pictures are", "pictures are", "sharper", "softer");
            case Tally.PIXELS -> change(signal, "pictures are", "pictures are", "larger", "smaller");
            default -> String.format(Locale.ENGLISH, "%s has changed (PSI %.2f)", signal.name(), signal.size());
        };
    }

    private static String change(Signal signal, String up, String down, String how) {
        return change(signal, up, down, how, how);
    }

    private static String change(Signal signal, String up, String down, String more, String less) {
        if (signal.value() == signal.reference()) {
            return String.format(Locale.ENGLISH, "%s is spread differently (PSI %.2f)", signal.name(), signal.size());
        }
        boolean higher = signal.value() > signal.reference();
        return String.format(Locale.ENGLISH, "%s %s (PSI %.2f)", higher ? up : down, higher ? more : less,
                signal.size());
    }

}
