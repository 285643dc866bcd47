package haricot.drift;

import haricot.bucket.Bins;
import haricot.bucket.Day;
import haricot.bucket.Histogram;
import haricot.bucket.Measure;
import haricot.bucket.Skipped;
import haricot.bucket.Strange;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Makes the report from what was gathered. The same evidence gives the same report: no clock, and no randomness but a
/// fixed seed's.
public final class ReportBuilder {
    private static final int HOURS = 24;

    private ReportBuilder() {}

    /// Judges the window of the evidence, inside its trend.
    public static Report of(Evidence evidence) {
        List<Day> judged = evidence.judged();
        List<Day.OfModel> models = Day.merge(judged);
        Assessment verdicts = Assessment.ofWindow(judged, evidence.references());
        List<Accuracy> accuracy = accuracy(verdicts, evidence);
        List<Report.TrendDay> trend = evidence.days().stream().map(day -> trendDay(day, evidence.references()))
                .toList();
        Rate rate = new Rate(sum(models, Tally::flagged), sum(models, Tally::answered));
        List<LocalDate> since = since(verdicts.level(), trend, evidence.window());
        List<Skipped> skipped = skipped(evidence);
        return new Report(Report.SCHEMA, level(verdicts, accuracy),
                Sentence.of(verdicts, evidence, rate, since, accuracy) + Sentence.without(skipped), verdicts.whole(),
                verdicts.days(), since,
                evidence.window(), rate.of(), rate.hits(), flaggedRate(rate, models), verdicts.models(),
                counts(models, Tally::decisions), pictures(models), counts(models, Tally::reasons),
                counts(models, Tally::errors),
                latency(models), accuracy, strangest(models), hours(judged, evidence.window()),
                trend, okDays(trend), nextStep(models, verdicts, level(verdicts, accuracy), evidence),
                missing(models, judged, evidence), skipped, "");
    }

    /// A model that people contradict is to be looked at, whatever the pictures are like.
    private static Level level(Assessment verdicts, List<Accuracy> accuracy) {
        return accuracy.stream().anyMatch(Accuracy::contradicted)
                ? verdicts.level().or(Level.WATCH)
                : verdicts.level();
    }

    private static Map<String, Report.Spread> pictures(List<Day.OfModel> models) {
        Map<String, Report.Spread> pictures = new TreeMap<>();
        for (Measure measure : Measure.OF_PICTURES) {
            models.stream().map(model -> model.total().histograms().get(measure.word()))
                    .filter(histogram -> histogram != null && histogram.total() > 0)
                    .reduce((some, more) -> some.edges().equals(more.edges()) ? some.plus(more) : some)
                    .ifPresent(all -> pictures.put(measure.word(),
                            new Report.Spread(all.least(), all.mean(), all.deviation())));
        }
        return pictures;
    }

    private static Report.FlaggedRate flaggedRate(Rate rate, List<Day.OfModel> models) {
        List<Rate> units = models.stream().flatMap(model -> model.units().stream())
                .map(unit -> new Rate(unit.flagged(), unit.answered())).toList();
        return new Report.FlaggedRate(rate.value(), rate.wilson(), Bootstrap.of(units), units.size());
    }

    private static Report.TrendDay trendDay(Day day, Map<Tally.Model, List<Reference>> references) {
        Assessment verdicts = Assessment.of(day.models(), references);
        Rate rate = new Rate(sum(day.models(), Tally::flagged), sum(day.models(), Tally::answered));
        return new Report.TrendDay(day.day(), verdicts.level(), rate.of(), rate.hits(), rate.wilson(),
                verdicts.scorePsi());
    }

    /// When the run of days that would each have been `watch` or `alarm` began. Days of too few pictures do not end
    /// it. A window can be worse than each of its days: then it began with the window.
    private static List<LocalDate> since(Level level, List<Report.TrendDay> trend, Window window) {
        if (level.compareTo(Level.WATCH) < 0) {
            return List.of();
        }
        LocalDate since = window.lastDay();
        for (Report.TrendDay day : trend.reversed()) {
            if (day.verdict() == Level.OK) {
                break;
            }
            if (day.verdict() != Level.TOO_FEW) {
                since = day.day();
            }
        }
        return List.of(since);
    }

    private static int okDays(List<Report.TrendDay> trend) {
        int days = 0;
        for (Report.TrendDay day : trend.reversed()) {
            switch (day.verdict()) {
                case OK -> days++;
                case TOO_FEW -> {
                    // A quiet day says nothing for or against.
                }
                case WATCH, ALARM -> {
                    return days;
                }
            }
        }
        return days;
    }

    private static Report.Latency latency(List<Day.OfModel> models) {
        return models.stream().map(model -> model.total().histograms().get(Measure.LATENCY.word()))
                .filter(histogram -> histogram != null && histogram.edges().equals(Bins.LATENCY))
                .reduce(Histogram::plus).filter(histogram -> histogram.total() > 0)
                .map(all -> new Report.Latency(all.quantile(0.5), all.quantile(0.95), all.quantile(0.99)))
                .orElse(new Report.Latency(0, 0, 0));
    }

    private static List<Accuracy> accuracy(Assessment verdicts, Evidence evidence) {
        return verdicts.main().stream().map(model -> model.tally().model())
                .flatMap(model -> Day.merge(evidence.days()).stream().map(Day.OfModel::total)
                        .filter(tally -> tally.model().equals(model)))
                .map(tally -> Accuracy.of(tally, evidence.seen(), evidence.waiting())).toList();
    }

    private static NextStep nextStep(List<Day.OfModel> models, Assessment verdicts, Level level, Evidence evidence) {
        List<Accuracy.Seen> ofMain = verdicts.main().stream().map(model -> model.tally().model())
                .flatMap(model -> evidence.seen().stream().filter(each -> each.flag().model().equals(model))).toList();
        return NextStep.of(counts(models, Tally::reasons), counts(models, Tally::errors), level, ofMain);
    }

    private static List<Strange> strangest(List<Day.OfModel> models) {
        return models.stream().map(model -> model.total().strangest()).reduce(List.of(), Strange::strangest);
    }

    private static List<Report.Hour> hours(List<Day> judged, Window window) {
        List<Report.Hour> hours = new ArrayList<>();
        if (!window.holdsOneDay()) {
            return hours;
        }
        long[] answered = new long[HOURS];
        long[] flagged = new long[HOURS];
        for (Day.OfModel model : Day.merge(judged)) {
            for (Day.Unit unit : model.units()) {
                answered[unit.hour()] += unit.answered();
                flagged[unit.hour()] += unit.flagged();
            }
        }
        for (int hour = 0; hour < HOURS; hour++) {
            hours.add(new Report.Hour(hour, answered[hour], flagged[hour]));
        }
        return hours;
    }

    private static Report.Missing missing(List<Day.OfModel> models, List<Day> judged, Evidence evidence) {
        long counted = sum(models, Tally::flags);
        long busy = judged.stream().mapToLong(day -> day.models().stream().flatMap(model -> model.units().stream())
                .mapToInt(Day.Unit::hour).distinct().count()).sum();
        return new Report.Missing(Math.max(0, evidence.flags() - counted), Math.max(0, counted - evidence.flags()),
                (int) (HOURS * (long) judged.size() - busy));
    }

    /// Of the whole trend: what cannot be read of it is missing in the accuracy, and from the days before.
    private static List<Skipped> skipped(Evidence evidence) {
        List<Skipped> skipped = new ArrayList<>();
        evidence.days().forEach(day -> skipped.addAll(day.skipped()));
        skipped.addAll(evidence.skipped());
        return skipped;
    }

    private static long sum(List<Day.OfModel> models, Function<Tally, Long> count) {
        return models.stream().mapToLong(model -> count.apply(model.total())).sum();
    }

    private static Map<String, Long> counts(List<Day.OfModel> models, Function<Tally, Map<String, Long>> counts) {
        Map<String, Long> sum = new TreeMap<>();
        models.forEach(
                model -> counts.apply(model.total()).forEach((name, count) -> sum.merge(name, count, Long::sum)));
        return sum;
    }
}
