package haricot.drift;

import haricot.bucket.Baseline;
import haricot.bucket.Bins;
import haricot.bucket.Day;
import haricot.bucket.Observation;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import haricot.model.Judge;
import haricot.model.ModelCard;
import haricot.model.OnnxModel;
import haricot.model.Prediction;
import haricot.model.Verdict;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// How often the report says what, measured: `bench/drift` runs this, the build does not.
///
/// Usual pictures come from the model's own reference, which is out of fold: no picture in it was seen by the model that
/// judged it. Other leaves and night pictures are judged by the model itself. Windows are drawn from these as smooth
/// distributions; real windows hold each real picture at most once. `-Ddrift.weeks=true` prints the weeks alone.
final class DriftBench {
    private static final Path ROOT = Path.of(System.getProperty("haricot.root"));
    private static final Path LEAVES = Path.of(System.getProperty("haricot.leaves"));
    private static final Path OTHER_LEAVES = LEAVES.resolve("../../ood/leaves").normalize();
    private static final int WINDOWS = 2_000;
    /// The false alarms are the number that matters most.
    private static final int WINDOWS_WITHOUT_CHANGE = 10_000;
    private static final List<Integer> SIZES = List.of(100, 200, 500, 2_000);
    private static final List<Double> SHARES = List.of(0.05, 0.1, 0.3);
    /// A week's verdict is the worse of the whole and of its days: the rows say whether that costs false alarms.
    private static final int DAYS = 7;
    private static final int BASELINES = 100;
    private static final int BASELINE_ANSWERS = 2_000;
    private static final int NIGHT_PICTURES = 200;
    /// Two and a half stops: dusk to the eye, too dark for many cameras.
    private static final double NIGHT = 0.18;

    private final SplittableRandom random = new SplittableRandom(20_261_124);
    private final StringBuilder table = new StringBuilder();

    @Test
    void measures() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(OTHER_LEAVES), "no pictures of other leaves in " + OTHER_LEAVES);
        try (OnnxModel model = OnnxModel.load(Path.of(System.getProperty("haricot.model"), "beans.onnx"))) {
            Tally nothing = Tally.empty(new Tally.Model(model.card().name(), model.card().version(), "0".repeat(64)),
                    "",
                    Bins.of(model.card()));
            List<Observation> others = judged(model, pictures(OTHER_LEAVES), 1);
            if (Boolean.getBoolean("drift.weeks")) {
                weeks(nothing, model.card(), others);
                return;
            }
            List<Observation> leaves = judged(model, pictures(LEAVES), 1);
            List<Observation> night = judged(model, some(pictures(LEAVES), NIGHT_PICTURES), NIGHT);
            table.append("Model ").append(model.card().name()).append(' ').append(model.card().version())
                    .append(". Flagged of the other leaves ").append(flagged(others))
                    .append(", of the night pictures ").append(flagged(night)).append(".\n\n");
            drawn(nothing, model.card(), others, night);
            weeks(nothing, model.card(), others);
            real(nothing, model.card(), leaves, others, night);
        }
        Files.writeString(ROOT.resolve("bench/drift.md"), head() + table);
    }

    private void drawn(Tally nothing, ModelCard card, List<Observation> others, List<Observation> night) {
        Reference training = Reference.of(card);
        Population usual = Population.of(training.histograms(), training.labels(), training.rate().value());
        List<Reference> own = new ArrayList<>();
        for (int i = 0; i < BASELINES; i++) {
            own.add(Reference.of(new Baseline(Window.of(LocalDate.EPOCH),
                    draw(nothing, BASELINE_ANSWERS, usual, usual, 0))));
        }
        Map<String, Population> changes = new TreeMap<>();
        changes.put("other leaves", population(nothing, others));
        changes.put("night", population(nothing, night));
        changes.put("one class more", usual.withLabels(Map.of("healthy", 1d)));
        for (List<Reference> references : List.of(List.of(training), own)) {
            String against = references.size() == 1 ? "the model's own reference" : "a baseline of 2,000";
            table.append("## Drawn windows against ").append(against).append("\n\n").append(heads());
            for (int size : SIZES) {
                count("nothing", 0, size, WINDOWS_WITHOUT_CHANGE, references,
                        () -> draw(nothing, size, usual, usual, 0));
            }
            changes.forEach((name, population) -> {
                for (double share : SHARES) {
                    for (int size : SIZES) {
                        count(name, share, size, WINDOWS, references,
                                () -> draw(nothing, size, usual, population, share));
                    }
                }
            });
            table.append('\n');
        }
    }

    /// Weeks of which the last day changes, judged as a whole and day by day.
    private void weeks(Tally nothing, ModelCard card, List<Observation> others) {
        Reference training = Reference.of(card);
        Population usual = Population.of(training.histograms(), training.labels(), training.rate().value());
        Population foreign = population(nothing, others);
        Reference own = Reference.of(new Baseline(Window.of(LocalDate.EPOCH),
                draw(nothing, BASELINE_ANSWERS, usual, usual, 0)));
        table.append(
                "## Drawn weeks, the change in the last day alone; pictures a day\n\nThe verdict is the worse of the ")
                .append("week as a whole and of its seven days, which share the error. ")
                .append(String.format(Locale.ENGLISH, "%,d", WINDOWS * 2))
                .append(" weeks a row where nothing changed.\n\n").append(heads());
        for (Reference reference : List.of(training, own)) {
            for (int size : List.of(50, 100, 200, 500)) {
                countWeeks(reference, 0, size, () -> draw(nothing, size, usual, usual, 0));
            }
            for (int size : List.of(100, 200)) {
                countWeeks(reference, 0.1, size, () -> draw(nothing, size, usual, foreign, 0.1), nothing, usual);
            }
        }
        table.append('\n');
    }

    private void countWeeks(Reference reference, double share, int size, Draw last) {
        countWeeks(reference, share, size, last, last);
    }

    private void countWeeks(Reference reference, double share, int size, Draw last, Tally nothing, Population usual) {
        countWeeks(reference, share, size, last, () -> draw(nothing, size, usual, usual, 0));
    }

    private void countWeeks(Reference reference, double share, int size, Draw last, Draw others) {
        String name = (share == 0 ? "nothing" : "other leaves") + " against " + switch (reference.kind()) {
            case Reference.Kind.Baseline _ -> "a baseline of 2,000";
            case Reference.Kind.Training _ -> reference.words();
        };
        countLevels(name, share, size, share == 0 ? WINDOWS * 2 : WINDOWS, () -> {
            List<Day> week = new ArrayList<>();
            for (int day = 0; day < DAYS; day++) {
                Tally tally = (day == DAYS - 1 ? last : others).window();
                week.add(Day.empty(LocalDate.EPOCH.plusDays(day)).plus(List.of(new Day.Stored("", 0, tally)),
                        List.of()));
            }
            Tally.Model model = week.getFirst().models().getFirst().total().model();
            return Assessment.ofWindow(week, Map.of(model, List.of(reference))).level();
        });
    }

    /// The leaves of real windows were seen in training, the other pictures were not.
    private void real(Tally nothing, ModelCard card, List<Observation> leaves, List<Observation> others,
            List<Observation> night) {
        table.append("## Real windows against the model's own reference\n\n").append(heads());
        List<Reference> training = List.of(Reference.of(card));
        for (int size : List.of(100, 200)) {
            count("nothing", 0, size, WINDOWS, training, () -> mixed(nothing, leaves, others, size, 0));
            for (double share : SHARES) {
                count("other leaves", share, size, WINDOWS, training,
                        () -> mixed(nothing, leaves, others, size, share));
                count("night", share, size, WINDOWS, training, () -> mixed(nothing, leaves, night, size, share));
            }
        }
    }

    @FunctionalInterface
    private interface Draw {
        Tally window();
    }

    private void count(String change, double share, int size, int windows, List<Reference> references, Draw draw) {
        int[] next = {0};
        countLevels(change, share, size, windows, () -> {
            Reference reference = references.get(next[0]++ % references.size());
            return Comparison.corrected(List.of(Comparison.of(draw.window(), reference))).getFirst().level();
        });
    }

    private void countLevels(String change, double share, int size, int windows, Supplier<Level> draw) {
        Map<Level, Integer> levels = new EnumMap<>(Level.class);
        for (int i = 0; i < windows; i++) {
            levels.merge(draw.get(), 1, Integer::sum);
        }
        int told = levels.getOrDefault(Level.WATCH, 0) + levels.getOrDefault(Level.ALARM, 0);
        Interval interval = new Rate(told, windows).wilson();
        String row = String.format(Locale.ENGLISH, "| %s | %.0f %% | %,d | %.2f | %.2f | %.2f | %.2f | %.2f–%.2f |%n",
                change, 100 * share, size, 100d * levels.getOrDefault(Level.OK, 0) / windows,
                100d * levels.getOrDefault(Level.WATCH, 0) / windows,
                100d * levels.getOrDefault(Level.ALARM, 0) / windows,
                100d * told / windows, 100 * interval.low(), 100 * interval.high());
        System.out.print(row);
        table.append(row);
    }

    private Tally draw(Tally nothing, int size, Population usual, Population other, double share) {
        return Population.draw(nothing, size, usual, other, share, random);
    }

    private Tally mixed(Tally nothing, List<Observation> leaves, List<Observation> others, int size, double share) {
        int foreign = (int) Math.round(size * share);
        Tally tally = nothing;
        for (Observation answer : some(leaves, size - foreign)) {
            tally = tally.plus(answer);
        }
        for (Observation answer : some(others, foreign)) {
            tally = tally.plus(answer);
        }
        return tally;
    }

    private <T> List<T> some(List<T> all, int wanted) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return shuffled.subList(0, wanted);
    }

    private static Population population(Tally nothing, List<Observation> answers) {
        Tally tally = nothing;
        for (Observation answer : answers) {
            tally = tally.plus(answer);
        }
        Map<String, Long> labels = new TreeMap<>();
        answers.forEach(answer -> labels.merge(answer.verdict().top().label(), 1L, Long::sum));
        return Population.of(tally.histograms(), labels, new Rate(tally.flagged(), tally.answered()).value());
    }

    private static List<Observation> judged(OnnxModel model, List<Path> pictures, double light) throws IOException {
        Decoder decoder = new Decoder(50_000_000, model.card().shortSideKept());
        Judge judge = new Judge(model.card());
        List<Observation> answers = new ArrayList<>();
        for (Path picture : pictures) {
            Image image = decoder.decode(Files.readAllBytes(picture));
            for (int i = 0; i < image.rgb().length; i++) {
                image.rgb()[i] = (byte) Math.round((image.rgb()[i] & 0xff) * light);
            }
            Prediction prediction = model.predict(image);
            Verdict verdict = judge.judge(prediction, image);
            answers.add(new Observation(picture.getFileName().toString(), verdict, prediction.quality(),
                    image.sourcePixels(), Duration.ofMillis(10)));
        }
        return answers;
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String flagged(List<Observation> answers) {
        long flagged = answers.stream().filter(answer -> answer.verdict().flagged()).count();
        return flagged + " of " + answers.size();
    }

    private static String head() {
        return """
                # How often the drift report says what

                Made by `bench/drift`. Each row is a kind of window; the numbers are per cent of windows, with a 95 %% interval for
                "at least watch". Drawn windows: %,d a row, %,d where nothing changed.

                """.formatted(WINDOWS, WINDOWS_WITHOUT_CHANGE);
    }

    private static String heads() {
        return """
                | changed | share | pictures | ok | watch | alarm | at least watch | 95 % |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """;
    }
}
