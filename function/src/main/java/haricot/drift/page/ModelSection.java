package haricot.drift.page;

import haricot.bucket.Histogram;
import haricot.bucket.Measure;
import haricot.bucket.Tally;
import haricot.drift.Comparison;
import haricot.drift.Reference;
import haricot.drift.Report;
import haricot.drift.Signal;
import haricot.drift.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The part of the page about one model version.
final class ModelSection {
    private static final int SHOWN_OF_HASH = 12;

    private ModelSection() {}

    static String of(Report.OfModel model) {
        Tally.Model name = model.tally().model();
        StringBuilder section = new StringBuilder("<section><h2>").append(Html.text(name.name())).append(' ')
                .append(Html.text(name.version())).append(' ').append(Html.level(model.verdict()))
                .append("</h2><p class=\"remark\">sha256 ")
                .append(Html.text(name.sha256().substring(0, Math.min(SHOWN_OF_HASH, name.sha256().length()))))
                .append("…, function version ")
                .append(Html.text(String.join(", ", model.tally().functionVersions()))).append(", ")
                .append(Words.count(model.tally().answered(), "answer")).append("</p>");
        if (model.comparisons().isEmpty()) {
            return section.append("<p>There is nothing to compare it with.</p></section>").toString();
        }
        Comparison deciding = model.comparisons().getFirst();
        section.append(signals(deciding, "Compared with " + named(deciding.reference())));
        section.append(meanings(deciding));
        section.append("<p class=\"key\"><i class=\"here\"></i> this window <i class=\"usual\"></i> ")
                .append(Html.text(named(deciding.reference()))).append("</p><div class=\"plots\">")
                .append(plots(model.tally(), deciding.reference())).append("</div>");
        model.comparisons().stream().skip(1)
                .forEach(other -> section.append(Html.folded("Also compared with " + named(other.reference()),
                        signals(other, "Shown only: it has no say in the verdict") + "<div class=\"plots\">"
                                + plots(model.tally(), other.reference()) + "</div>")));
        return section.append("</section>").toString();
    }

    private static String named(Reference reference) {
        return reference.words() + switch (reference.kind()) {
            case Reference.Kind.Baseline _ -> " (" + Words.count(reference.answered(), "answer") + ")";
            case Reference.Kind.Training _ ->
                " (" + Words.count(reference.answered(), "picture") + ", balanced and partly disturbed)";
        };
    }

    /// A sentence and a definition for each signal: the table is for those who know it already.
    private static String meanings(Comparison comparison) {
        StringBuilder list = new StringBuilder("<dl class=\"meanings\">");
        for (Signal signal : comparison.signals()) {
            list.append("<dt>").append(Html.text(signal.name())).append("</dt><dd>")
                    .append(Html.text(Meaning.of(signal))).append("</dd><dd class=\"remark\">")
                    .append(Html.text(Meaning.definition(signal.name()))).append("</dd>");
        }
        return Html.folded("What each signal says and means", list.append("<dt>PSI, by chance, corrected</dt><dd>")
                .append(Html.text(Meaning.psi())).append("</dd></dl>").toString());
    }

    private static String signals(Comparison comparison, String caption) {
        List<List<String>> rows = comparison.signals().stream().map(ModelSection::row).toList();
        return Html.table(caption, List.of("signal", "says", "here", "usual", "change", "by chance", "corrected"),
                rows);
    }

    private static List<String> row(Signal signal) {
        boolean rate = signal.ofRate();
        List<String> row = new ArrayList<>();
        row.add("<span title=\"" + Html.text(Meaning.definition(signal.name())) + "\">" + Html.text(signal.name())
                + "</span>");
        row.add(signal.decides() ? Html.level(signal.level()) : "shown only");
        row.add(value(signal, signal.value()));
        row.add(value(signal, signal.reference()));
        row.add(rate
                ? String.format(Locale.ENGLISH, "%+.1f points", 100 * signal.size())
                : "PSI " + Words.decimal(signal.size()));
        row.add(Words.probability(signal.probability()));
        row.add(signal.decides() ? Words.probability(signal.corrected()) : "–");
        return row;
    }

    private static String value(Signal signal, double value) {
        return switch (signal.name()) {
            case Signal.FLAGGED_RATE -> Words.percent(value);
            case Signal.LABELS -> "–";
            default -> signal.name().equals(Measure.PIXELS.word()) ? Words.pixels(value) : Words.decimal(value);
        };
    }

    private static String plots(Tally tally, Reference reference) {
        StringBuilder plots = new StringBuilder();
        for (Measure measure : Measure.OF_CARD) {
            Histogram here = tally.histograms().get(measure.word());
            Histogram usual = reference.histograms().get(measure.word());
            if (here != null && usual != null && here.edges().equals(usual.edges())) {
                plots.append(figure(measure.word(), Plots.measure(measure.word(), measure.unit(), here, usual)));
            }
        }
        return plots + figure(Signal.LABELS, Bars.of("Classes", tally.labels(), reference.labels()))
                + figure("decisions", Bars.of("Decisions", tally.decisions(), reference.decisions()));
    }

    private static String figure(String name, String svg) {
        return "<figure><figcaption>" + Html.text(name) + "</figcaption>" + svg + "</figure>";
    }
}
