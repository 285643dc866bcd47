package haricot.drift.page;

import haricot.bucket.Measure;
import haricot.bucket.Strange;
import haricot.drift.Accuracy;
import haricot.drift.Rate;
import haricot.drift.Report;
import haricot.drift.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The report as one page that needs nothing else: no script, no font, no other file.
public final class ReportPage {
    private static final int FEWEST_HOURS = 6;
    private static final String FRAME = read("report.html");

    private ReportPage() {}

    public static String of(Report report) {
        return of(report, _ -> "");
    }

    /// The same with something beside each of the strangest pictures, such as the picture itself. Only for a file of the
    /// reader's own: in the bucket a picture would outlive the request to forget it.
    ///
    /// @param beside HTML for a picture, empty for nothing
    public static String of(Report report, Function<Strange, String> beside) {
        boolean reviewed = report.accuracy().stream().anyMatch(accuracy -> accuracy.enough().isPresent());
        boolean live = report.run().isEmpty();
        String body = (reviewed ? accuracy(report) : "") + figures(report) + (live ? trend(report) : "")
                + models(report)
                + (reviewed ? "" : accuracy(report)) + pictures(report) + NextStepSection.of(report) + counts(report)
                + strangest(report, beside) + missing(report);
        return FRAME.replace("{{verdict}}", report.verdict().word()).replace("{{window}}", report.words())
                .replace("{{sentence}}", Html.text(report.sentence())).replace("{{body}}", body)
                .replaceAll("(?<=\\d) %", "&nbsp;%");
    }

    static String frame() {
        return FRAME;
    }

    private static String figures(Report report) {
        StringBuilder figures = new StringBuilder("<dl class=\"figures\">");
        figure(figures, "Answered", Words.count(report.answered()), "pictures");
        Report.FlaggedRate rate = report.flaggedRate();
        figure(figures, "Flagged", report.answered() == 0 ? "–" : Words.percent(rate.value()), interval(rate));
        for (Accuracy accuracy : report.accuracy()) {
            figure(figures, "Estimated accuracy",
                    accuracy.estimatedOn() == 0 ? "–" : Words.percent(accuracy.estimated()),
                    "mean confidence where familiar");
            figure(figures, "Waiting for a person", Words.count(accuracy.waiting()),
                    report.run().isEmpty() ? "flags, 28 days" : "flags of the run");
        }
        figure(figures, "Latency", report.answered() == 0 ? "–" : Words.millis(report.latency().median()),
                "median; 95 % within " + Words.millis(report.latency().p95()));
        return figures.append("</dl>").toString();
    }

    /// From a few environment-hours the bootstrap always draws the same: it would look surer than it is.
    private static String interval(Report.FlaggedRate rate) {
        return "95 %: " + Words.percent(rate.wilson()) + (rate.environmentHours() < FEWEST_HOURS
                ? ""
                : "; allowing for bursts " + Words.percent(rate.bootstrap()));
    }

    private static void figure(StringBuilder figures, String name, String value, String remark) {
        figures.append("<div><dt>").append(name).append("</dt><dd>").append(value).append("</dd><dd class=\"remark\">")
                .append(remark).append("</dd></div>");
    }

    private static String trend(Report report) {
        List<Rate> usual = report.models().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .map(comparison -> comparison.reference().rate()).distinct().toList();
        List<List<String>> rows = report.trend().stream().filter(day -> day.answered() > 0)
                .map(day -> List.of(day.day().toString(), Html.level(day.verdict()), Words.count(day.answered()),
                        Words.count(day.flagged()), Words.percent(day.wilson()), Words.decimal(day.psi())))
                .toList();
        String hours = report.hours().isEmpty()
                ? ""
                : "<h3>By hour</h3><p class=\"key\"><i class=\"here\"></i> answered <i class=\"flagged\"></i> flagged</p>"
                        + Html.scrolling(Plots.hours(report.hours()));
        return "<section><h2>Since when</h2><p class=\"key\"><i class=\"ok\"></i> ok <i class=\"watch\"></i> watch <i "
                + "class=\"alarm\"></i> alarm <i class=\"too-few\"></i> too few" + usualKey(report)
                + "; the bar through a point is its 95 % interval</p>"
                + Html.scrollingBack(Plots.rates(report.trend(), usual))
                + Html.scrollingBack(Plots.answered(report.trend())) + hours
                + judged(report) + Html.folded("The days as numbers", Html.table("Each day judged by itself",
                        List.of("day", "verdict", "answered", "flagged", "flagged, 95 %", "PSI of scores"), rows))
                + "</section>";
    }

    private static String usualKey(Report report) {
        return report.models().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .map(comparison -> comparison.reference().words()).distinct()
                .map(words -> " <i class=\"usual\"></i> " + Html.text(words)).collect(Collectors.joining());
    }

    /// What the window says as a whole and day by day, after correction for the number of days.
    private static String judged(Report report) {
        if (report.days().isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of("taken together", Html.level(report.whole()), "")));
        report.days().forEach(day -> rows.add(List.of(day.day().toString(), Html.level(day.corrected()),
                Html.level(day.alone()))));
        return Html.table("The verdict is the worst of these",
                List.of("of the window", "corrected for the number of days",
                        "if it were the only one"),
                rows);
    }

    private static String models(Report report) {
        StringBuilder models = new StringBuilder();
        report.models().forEach(model -> models.append(ModelSection.of(model)));
        return models.toString();
    }

    private static String accuracy(Report report) {
        StringBuilder all = new StringBuilder();
        report.accuracy().forEach(accuracy -> all.append(AccuracySection.of(accuracy)));
        return all.toString();
    }

    /// How bright, sharp and large the pictures were.
    private static String pictures(Report report) {
        List<List<String>> rows = new ArrayList<>();
        report.pictures().forEach((measure, spread) -> {
            DoubleFunction<String> shown = measure.equals(Measure.PIXELS.word()) ? Words::pixels : Words::decimal;
            rows.add(List.of("<span title=\"" + Html.text(Meaning.definition(measure)) + "\">" + Html.text(measure)
                    + "</span>", shown.apply(spread.least()), shown.apply(spread.mean()),
                    shown.apply(spread.deviation())));
        });
        return rows.isEmpty()
                ? ""
                : "<section><h2>The pictures</h2>" + Html.table("Read from bins, so off by at most a bin's width",
                        List.of("", "least", "mean", "standard deviation"), rows) + "</section>";
    }

    private static String counts(Report report) {
        return "<section><h2>Decisions, reasons, errors</h2><div class=\"columns\">"
                + counts("Decisions", report.decisions()) + counts("Reasons", report.reasons())
                + counts("Refused, by code", report.errors()) + "</div></section>";
    }

    private static String counts(String caption, Map<String, Long> counts) {
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((name, count) -> rows.add(List.of(Html.text(name), Words.count(count))));
        return Html.table(caption, List.of("", "count"), rows.isEmpty() ? List.of(List.of("none", "0")) : rows);
    }

    private static String strangest(Report report, Function<Strange, String> beside) {
        List<List<String>> rows = report.strangest().stream()
                .map(strange -> List.of(beside.apply(strange) + "<code>" + Html.text(strange.id()) + "</code>",
                        Words.decimal(strange.score()),
                        Words.decimal(strange.distance())))
                .toList();
        return rows.isEmpty()
                ? ""
                : "<section id=\"strangest\"><h2>The strangest pictures</h2>"
                        + Html.table("By distance from the training set",
                                List.of("id of the answer, and of its flag", "score", "distance"), rows)
                        + "</section>";
    }

    private static String missing(Report report) {
        Report.Missing missing = report.missing();
        StringBuilder text = new StringBuilder("<section><h2>What this report does not know</h2><ul>");
        text.append(missing.answers() == 0 && missing.flags() == 0
                ? "<li>The counts and the flags in the bucket agree.</li>"
                : "<li>" + Words.count(missing.answers(), "flagged answer")
                        + " in no count (an environment ended before it "
                        + "wrote), and " + Words.count(missing.flags(), "counted flag")
                        + " not in the bucket (refused by S3, or removed).</li>");
        text.append(report.run().isEmpty() ? live(missing) : "<li>A chunk that failed is not included.</li>");
        report.skipped().stream().limit(20).forEach(skipped -> text.append("<li>Skipped <code>")
                .append(Html.text(skipped.key())).append("</code>: ").append(Html.text(skipped.why())).append("</li>"));
        if (report.skipped().size() > 20) {
            text.append("<li>Skipped ").append(report.skipped().size() - 20).append(" more.</li>");
        }
        return text.append("</ul></section>").toString();
    }

    private static String live(Report.Missing missing) {
        return "<li>What an environment answered since its last count is not included: fewer than a hundred unflagged "
                + "pictures of under ten seconds. They come with its next request, or are lost if it ends.</li><li>"
                + Words.count(missing.quietHours(), "hour") + " of the window without a single request.</li>";
    }

    private static String read(String resource) {
        try (InputStream in = ReportPage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }
}
