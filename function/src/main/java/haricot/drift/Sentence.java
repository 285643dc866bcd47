package haricot.drift;

import haricot.bucket.Keys;
import haricot.bucket.Measure;
import haricot.bucket.Skipped;
import haricot.bucket.Visible;
import haricot.bucket.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says a verdict in words, for a person who reads nothing else. It never claims more than was judged.
final class Sentence {
    private static final int SHOWN_OF_KEY = 120;

    private Sentence() {}

    static String of(Assessment verdicts, Evidence evidence, Rate rate, List<LocalDate> since,
            List<Accuracy> accuracy) {
        List<String> sentences = new ArrayList<>();
        accuracy.stream().filter(Accuracy::contradicted).map(Sentence::contradiction).forEach(sentences::add);
        Window window = evidence.window();
        switch (verdicts.level()) {
            case TOO_FEW -> sentences.add(tooFew(verdicts, evidence, rate));
            case OK -> {
                sentences.add(rateOf(rate, window) + usual(verdicts) + ".");
                sentences.add(nothingShifted(verdicts));
            }
            case WATCH, ALARM -> {
                sentences.add(rateOf(rate, window) + usual(verdicts) + ".");
                sentences.add(verdicts.decidingDays().isEmpty() ? shifted(verdicts) : ofDays(verdicts));
                since.stream().filter(day -> day.isBefore(window.from()))
                        .map(day -> "It began on " + Window.words(day) + ".").forEach(sentences::add);
            }
        }
        worseAlone(verdicts).ifPresent(sentences::add);
        return String.join(" ", sentences);
    }

    /// What the verdict does not include; empty where it includes everything.
    static String without(List<Skipped> all) {
        // A model's file that is not there takes nothing away from what was counted.
        List<Skipped> skipped = all.stream().filter(one -> !one.key().startsWith(Keys.MODELS)).toList();
        if (skipped.isEmpty()) {
            return "";
        }
        Skipped first = skipped.getFirst();
        String others = skipped.size() == 1 ? "" : ", and " + Words.count(skipped.size() - 1, "more object");
        return " Not included: " + Visible.of(cut(first.key()) + " (" + first.why() + ")") + others + ".";
    }

    private static String cut(String key) {
        return key.length() <= SHOWN_OF_KEY ? key : key.substring(0, SHOWN_OF_KEY) + "…";
    }

    private static String contradiction(Accuracy accuracy) {
        Estimate found = accuracy.enough().orElseThrow();
        return "People contradict the model: by their reviews " + Words.percent(found.value())
                + " of its labelled answers are right (95 %: " + Words.percent(found.interval())
                + "), while it expects " + Words.percent(accuracy.estimated()) + ".";
    }

    private static String tooFew(Assessment verdicts, Evidence evidence, Rate rate) {
        if (rate.of() == 0) {
            return "No picture was answered on " + evidence.window().words() + ".";
        }
        boolean referred = verdicts.models().stream()
                .anyMatch(model -> !evidence.references().getOrDefault(model.tally().model(), List.of()).isEmpty());
        return rateOf(rate, evidence.window()) + "; " + (referred
                ? "it takes " + Assessment.FEWEST + " of one model to tell a drift from chance."
                : "there is nothing to compare them with, neither a baseline nor the model's own reference.");
    }

    private static String rateOf(Rate rate, Window window) {
        return String.format(Locale.ENGLISH, "%,d of %,d picture%s on %s %s flagged (%s)", rate.hits(), rate.of(),
                rate.of() == 1 ? "" : "s", window.words(), rate.hits() == 1 ? "was" : "were",
                Words.percent(rate.value()));
    }

    private static String usual(Assessment verdicts) {
        return deciding(verdicts).limit(1).map(comparison -> switch (comparison.reference().kind()) {
            case Reference.Kind.Baseline _ -> "; in " + comparison.reference().words() + " it was "
                    + Words.percent(comparison.reference().rate().value());
            case Reference.Kind.Training _ -> "; of the calibration pictures "
                    + Words.percent(comparison.reference().rate().value()) + " were";
        }).collect(Collectors.joining());
    }

    /// Without a baseline most signals have no say, and a sentence must not sound as if they had.
    private static String nothingShifted(Assessment verdicts) {
        Optional<Comparison> first = deciding(verdicts).findFirst();
        boolean baseline = first.filter(comparison -> switch (comparison.reference().kind()) {
            case Reference.Kind.Baseline _ -> true;
            case Reference.Kind.Training _ -> false;
        }).isPresent();
        List<Signal> signals = deciding(verdicts).flatMap(comparison -> comparison.signals().stream())
                .filter(signal -> !signal.ofRate()).toList();
        if (!baseline) {
            return "There is no baseline yet, so only the flagged rate, and whether pictures look stranger, were judged: "
                    + "neither is worse beyond chance." + largest(signals.stream().filter(signal -> !signal.decides()))
                            .map(signal -> " Not judged: " + words(signal)
                                    + ", against calibration pictures that no field is like.")
                            .orElse("");
        }
        return largest(signals.stream().filter(Signal::decides)).map(signal -> "The largest change, "
                + words(signal) + ", may be chance among so few pictures.")
                .orElseGet(() -> signals.stream().anyMatch(Signal::certain)
                        ? "What has changed since is too little to matter."
                        : "Nothing has shifted beyond chance.");
    }

    /// The largest of those that would matter if they were certain.
    private static Optional<Signal> largest(Stream<Signal> signals) {
        return signals.filter(Signal::matters).max(Comparator.comparingDouble(Signal::size));
    }

    /// Only the worst signals: with an alarm, those at watch are only in the table.
    private static String shifted(Assessment verdicts) {
        Stream<Signal> worst = deciding(verdicts).flatMap(comparison -> comparison.signals().stream())
                .filter(signal -> signal.level() == verdicts.level());
        return worst.sorted(Comparator.comparingDouble(Signal::corrected)).map(Sentence::words).distinct()
                .collect(Collectors.joining("; ", "Beyond chance: ", "."));
    }

    private static String ofDays(Assessment verdicts) {
        List<LocalDate> days = verdicts.decidingDays();
        return "Taken together the days are " + verdicts.whole().word() + "; the " + verdicts.level().word() + " is "
                + (days.size() == 1
                        ? "that of " + Window.words(days.getFirst())
                        : "that of " + days.size() + " days, the last of them " + Window.words(days.getLast()))
                + ", beyond chance even among " + verdicts.days().size() + " days.";
    }

    /// A day that by itself would say worse than the window does.
    private static Optional<String> worseAlone(Assessment verdicts) {
        List<Report.JudgedDay> worse = verdicts.days().stream()
                .filter(day -> day.alone().compareTo(Level.WATCH) >= 0 && day.alone().compareTo(verdicts.level()) > 0)
                .toList();
        return worse.isEmpty()
                ? Optional.empty()
                : Optional.of(Window.words(worse.getLast().day()) + " by itself would be "
                        + worse.getLast().alone().word() + (worse.size() > 1 ? ", as would others" : "")
                        + ": among " + verdicts.days().size() + " days that may be chance.");
    }

    private static Stream<Comparison> deciding(Assessment verdicts) {
        return verdicts.models().stream()
                .sorted(Comparator.comparingLong((Report.OfModel model) -> model.tally().answered()).reversed())
                .flatMap(model -> model.comparisons().stream().limit(1));
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
