package haricot.drift.page;

import haricot.bucket.Histogram;
import haricot.drift.Level;
import haricot.drift.Rate;
import haricot.drift.Report;
import haricot.drift.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// The drawings of a report.
final class Plots {
    private static final int WIDE = 720;
    private static final int NARROW = 350;
    private static final int HIGH = 210;
    private static final int LOW = 150;
    /// Below it the axis would show noise as mountains.
    private static final double LEAST_RATE = 0.05;
    private static final int HOURS_BETWEEN_TICKS = 6;
    private static final int DAYS_BETWEEN_TICKS = 7;
    private static final int TICKS = 5;

    private Plots() {}

    /// The flagged rate of every day, with what is usual.
    static String rates(List<Report.TrendDay> days, List<Rate> usual) {
        List<Report.TrendDay> busy = days.stream().filter(day -> day.answered() > 0).toList();
        double most = Plot.roundUp(busy.stream()
                .mapToDouble(day -> day.verdict() == Level.TOO_FEW ? rate(day) : day.wilson().high()).max()
                .orElse(0) + LEAST_RATE / 10);
        String described = busy.isEmpty()
                ? "No picture was answered."
                : "From " + Words.percent(rate(busy.getFirst())) + " on " + busy.getFirst().day() + " to "
                        + Words.percent(rate(busy.getLast())) + " on " + busy.getLast().day() + ".";
        Plot plot = new Plot(WIDE, HIGH, "Flagged rate by day", described, Math.clamp(most, LEAST_RATE, 1),
                days.size()).vertical("share flagged", Words::axis);
        usual.forEach(rate -> plot.level("usual", rate.value()));
        for (int i = 0; i < days.size(); i++) {
            Report.TrendDay day = days.get(i);
            if (day.answered() > 0) {
                plot.point(day.verdict().word(), i, rate(day), day.wilson(), day.day() + ": "
                        + Words.percent(rate(day)) + " of " + Words.count(day.answered()) + ", "
                        + day.verdict().word());
            }
        }
        return dated(plot, days).svg();
    }

    /// How many pictures were answered on every day.
    static String answered(List<Report.TrendDay> days) {
        long most = days.stream().mapToLong(Report.TrendDay::answered).max().orElse(0);
        Plot plot = new Plot(WIDE, LOW, "Answered pictures by day", "At most " + Words.count(most) + " in a day.",
                Plot.roundUp(Math.max(2.0, (double) most)), days.size())
                .vertical("pictures", value -> Words.count((long) value));
        for (int i = 0; i < days.size(); i++) {
            plot.bar("here", i, 0.15, 0.85, (double) days.get(i).answered(),
                    days.get(i).day() + ": " + Words.count(days.get(i).answered()));
        }
        return dated(plot, days).svg();
    }

    /// Answered and flagged pictures of every hour of a day.
    static String hours(List<Report.Hour> hours) {
        long most = hours.stream().mapToLong(Report.Hour::answered).max().orElse(0);
        Plot plot = new Plot(WIDE, LOW, "Answered and flagged pictures by hour",
                "At most " + Words.count(most) + " in an hour.", Plot.roundUp(Math.max(2.0, (double) most)),
                hours.size())
                .vertical("pictures", value -> Words.count((long) value)).horizontal("hour of the day, UTC");
        for (Report.Hour hour : hours) {
            String hint = hour.hour() + ":00: " + Words.count(hour.answered()) + " answered, "
                    + Words.count(hour.flagged()) + " flagged";
            plot.bar("here", hour.hour(), 0.1, 0.9, (double) hour.answered(), hint);
            plot.bar("flagged", hour.hour(), 0.1, 0.9, (double) hour.flagged(), hint);
            if (hour.hour() % HOURS_BETWEEN_TICKS == 0) {
                plot.tick(hour.hour(), "%02d:00".formatted(hour.hour()));
            }
        }
        return plot.svg();
    }

    /// A measure of the window as bars, with what is usual as a line. Bins are drawn equally wide, whatever they span.
    static String measure(String name, String unit, Histogram window, Histogram usual) {
        List<Double> here = shares(window.counts());
        List<Double> there = shares(usual.counts());
        Plot plot = shares(name, unit, here, there);
        for (int i = 0; i < here.size(); i++) {
            plot.bar("here", i, 0.06, 0.94, here.get(i), Words.edge(window.edges().get(i)) + " to "
                    + Words.edge(window.edges().get(i + 1)) + ": " + Words.percent(here.get(i)) + ", usual "
                    + Words.percent(there.get(i)));
        }
        int every = Math.max(1, Math.ceilDiv(here.size(), TICKS));
        for (int i = 0; i <= here.size() - every; i += every) {
            plot.tick(i, Words.edge(window.edges().get(i)));
        }
        return plot.lastTick(here.size(), Words.edge(window.edges().getLast())).steps("usual", there).svg();
    }

    private static Plot shares(String name, String unit, List<Double> here, List<Double> usual) {
        double most = Math.max(here.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                usual.stream().mapToDouble(Double::doubleValue).max().orElse(0));
        return new Plot(NARROW, HIGH, "Distribution of " + name,
                "Bars are the window, the line is what is usual. The table of signals says how far they are apart.",
                Math.min(1, Plot.roundUp(most)), Math.max(1, here.size())).vertical("share of pictures", Words::axis)
                .horizontal(unit);
    }

    private static Plot dated(Plot plot, List<Report.TrendDay> days) {
        for (int back = days.size() - 1; back >= 0; back -= DAYS_BETWEEN_TICKS) {
            LocalDate day = days.get(back).day();
            plot.tick(back + 0.5, day.toString().substring(5));
        }
        return plot.horizontal("day, UTC");
    }

    private static double rate(Report.TrendDay day) {
        return new Rate(day.flagged(), day.answered()).value();
    }

    private static List<Double> shares(List<Long> counts) {
        double all = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
        List<Double> shares = new ArrayList<>();
        counts.forEach(count -> shares.add(count / all));
        return shares;
    }
}
