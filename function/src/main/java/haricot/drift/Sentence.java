package haricot.drift;

import haricot.bucket.Measure;
import haricot.bucket.Tally;
import haricot.bucket.Window;
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

    static String of(Assessment verdicts, Window window, Rate rate, List<LocalDate> since,
            Map<Tally.Model, List<Reference>> references) {
        return switch (verdicts.level()) {
            case TOO_FEW -> tooFew(verdicts, window, rate, references);
            case OK -> rateOf(rate, window) + usual(verdicts) + ". Nothing has shifted beyond chance.";
            case WATCH, ALARM -> rateOf(rate, window) + usual(verdicts) + ". " + shifted(verdicts)
                    + since.stream().filter(day -> day.isBefore(window.from()))
                            .map(day -> " It began on " + Window.words(day) + ".").collect(Collectors.joining());
        };
    }

    private static String tooFew(Assessment verdicts, Window window, Rate rate,
            Map<Tally.Model, List<Reference>> references) {
        if (rate.of() == 0) {
            return "No picture was answered on " + window.words() + ".";
        }
        boolean referred = verdicts.models().stream()
                .anyMatch(model -> !references.getOrDefault(model.tally().model(), List.of()).isEmpty());
        return rateOf(rate, window) + "; " + (referred
                ? "it takes " + Assessment.FEWEST + " of one model to tell a drift from chance."
                : "there is nothing to compare them with, neither a baseline nor the model's own reference.");
    }

    private static String rateOf(Rate rate, Window window) {
        return String.format(Locale.ENGLISH, "%,d of %,d picture%s on %s %s flagged (%s)", rate.hits(), rate.of(),
                rate.of() == 1 ? "" : "s", window.words(), rate.hits() == 1 ? "was" : "were",
                Words.percent(rate.value()));
    }

    private static String usual(Assessment verdicts) {
        return verdicts.main().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .map(comparison -> switch (comparison.reference().kind()) {
                    case Reference.Kind.Baseline baseline -> "; usual here is "
                            + Words.percent(comparison.reference().rate().value());
                    case Reference.Kind.Training training -> "; of the calibration pictures "
                            + Words.percent(comparison.reference().rate().value()) + " were";
                }).collect(Collectors.joining());
    }

    /// Only the worst signals: with an alarm, those at watch are only in the table.
    private static String shifted(Assessment verdicts) {
        Stream<Signal> worst = verdicts.models().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .flatMap(comparison -> comparison.signals().stream())
                .filter(signal -> signal.level() == verdicts.level());
        return worst.sorted(Comparator.comparingDouble(Signal::corrected)).map(Sentence::words).distinct()
                .collect(Collectors.joining("; ", "Beyond chance: ", "."));
    }

    private static String words(Signal signal) {
        return switch (signal.name()) {
            case Signal.FLAGGED_RATE -> "more pictures are unlike what the model was trained on, or too poor to judge";
            case Signal.LABELS -> withPsi("the mix of classes has changed", signal);
            default -> withPsi(Measure.of(signal.name()).map(measure -> change(signal, measure))
                    .orElse(signal.name() + " has changed"), signal);
        };
    }

    private static String change(Signal signal, Measure measure) {
        if (signal.value() == signal.reference()) {
            return measure.word() + " is spread differently";
        }
        return signal.value() > signal.reference() ? measure.higher() : measure.lower();
    }

    private static String withPsi(String words, Signal signal) {
        return String.format(Locale.ENGLISH, "%s (PSI %.2f)", words, signal.size());
    }
}
