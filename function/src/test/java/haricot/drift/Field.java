package haricot.drift;

import haricot.bucket.Baseline;
import haricot.bucket.Bins;
import haricot.bucket.Day;
import haricot.bucket.Histogram;
import haricot.bucket.Measure;
import haricot.bucket.Strange;
import haricot.bucket.Tally;
import haricot.bucket.TallyDraft;
import haricot.bucket.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A field that sends pictures: answers drawn from smooth distributions, as tallies. The same seed draws the same.
public final class Field {
    static final Bins BINS = new Bins(Map.of(
            Measure.SCORE, List.of(0d, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .98, .99, .995, 1d),
            Measure.CONFIDENCE, List.of(0d, .4, .5, .6, .7, .8, .9, .95, .98, .99, 1d),
            Measure.BRIGHTNESS, List.of(0d, .1, .2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .8, .9, 1d),
            Measure.SHARPNESS, List.of(0d, .05, .1, .15, .2, .25, .3, .35, .4, .5, .6, .8, 1d, 2d),
            Measure.PIXELS, List.of(0d, 1e4, 5e4, 1e5, 2e5, 4e5, 8e5, 1.6e6, 3.2e6, 6.4e6, 12.8e6, 25.6e6, 51.2e6),
            Measure.LATENCY, Bins.LATENCY));
    public static final Tally.Model BEANS = new Tally.Model("beans", "1.0.0", "ab".repeat(32));
    private static final List<String> LABELS = List.of("angular_leaf_spot", "bean_rust", "healthy");

    private final SplittableRandom random;

    public Field(long seed) {
        random = new SplittableRandom(seed);
    }

    /// What arrives.
    ///
    /// @param foreign share of pictures that show something else
    /// @param night share of pictures taken in the dark
    /// @param healthy share of healthy leaves among the others
    public record Mix(double foreign, double night, double healthy) {
        static final Mix USUAL = new Mix(0, 0, 1 / 3d);
    }

    /// So many answers of one environment in one hour.
    public Tally tally(Tally.Model model, int answers, Mix mix) {
        Tally tally = Tally.empty(model, "7", BINS);
        Map<String, double[]> values = new TreeMap<>();
        for (String measure : tally.histograms().keySet()) {
            values.put(measure, new double[answers]);
        }
        Map<String, Long> labels = new TreeMap<>();
        Map<String, Long> decisions = new TreeMap<>();
        long flagged = 0;
        long confident = 0;
        List<Strange> strangest = new ArrayList<>();
        for (int i = 0; i < answers; i++) {
            boolean foreign = random.nextDouble() < mix.foreign();
            boolean night = random.nextDouble() < mix.night();
            double score = foreign ? 1 - Math.pow(random.nextDouble(), 40) * 0.2 : random.nextDouble();
            double confidence = 1 - 0.6 * Math.pow(random.nextDouble(), foreign || night ? 1.2 : 4);
            String label = LABELS.get(random.nextDouble() < mix.healthy() ? 2 : random.nextInt(2));
            values.get(Measure.SCORE.word())[i] = score;
            values.get(Measure.CONFIDENCE.word())[i] = confidence;
            values.get(Measure.BRIGHTNESS.word())[i] = (night ? 0.18 : 0.47) + 0.08 * random.nextGaussian();
            values.get(Measure.SHARPNESS.word())[i] = 0.3 + 0.1 * random.nextGaussian();
            values.get(Measure.PIXELS.word())[i] = 2.5e5 * Math.exp(0.6 * random.nextGaussian());
            values.get(Measure.LATENCY.word())[i] = 14 * Math.exp(0.3 * random.nextGaussian());
            boolean strange = score >= 0.99;
            flagged += strange ? 1 : 0;
            confident += strange ? 0 : Math.round(confidence * 1e6);
            decisions.merge(strange ? "reject" : confidence < 0.6 ? "review" : "accept", 1L, Long::sum);
            if (!strange) {
                labels.merge(label, 1L, Long::sum);
            }
            strangest.add(new Strange(id(), score, 10 + 12 * score + random.nextDouble()));
        }
        TallyDraft draft = new TallyDraft(tally)
                .answers(answers, flagged, answers - decisions.getOrDefault("accept", 0L))
                .familiarConfidence(confident).labels(labels).decisions(decisions)
                .reasons(flagged == 0 ? Map.of() : Map.of("unfamiliar", flagged))
                .strangest(Strange.strangest(strangest, List.of()));
        tally.histograms().forEach((name, histogram) -> draft.histogram(name, count(histogram, values.get(name))));
        return draft.tally();
    }

    /// A day of so many hours with so many answers each, from 06:00 on.
    public Day day(LocalDate date, Tally.Model model, int hours, int answersAnHour, Mix mix) {
        List<Day.Stored> stored = new ArrayList<>();
        for (int hour = 6; hour < 6 + hours; hour++) {
            stored.add(new Day.Stored("tallies/dt=" + date + "/hh=%02d/e.json".formatted(hour), hour,
                    tally(model, answersAnHour, mix)));
        }
        return Day.empty(date).plus(stored, List.of());
    }

    /// What the field's usual pictures look like, as a model's own reference.
    Reference training(int pictures) {
        Tally tally = tally(BEANS, pictures, Mix.USUAL);
        return new Reference(new Reference.Kind.Training(), tally.answered(), tally.flagged(), tally.labels(),
                tally.decisions(), tally.histograms());
    }

    Reference baseline(int pictures) {
        return Reference.of(new Baseline(new Window(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-08")),
                tally(BEANS, pictures, Mix.USUAL)));
    }

    private String id() {
        return "019abcde-%04x-7%03x-8%03x-%012x".formatted(random.nextInt(1 << 16), random.nextInt(1 << 12),
                random.nextInt(1 << 12), random.nextLong(1L << 48));
    }

    private static long[] count(Histogram empty, double[] values) {
        long[] counts = new long[empty.counts().size()];
        for (double value : values) {
            Histogram one = empty.plus(value);
            counts[one.counts().indexOf(1L)]++;
        }
        return counts;
    }
}
