package haricot.local.compare;

import haricot.drift.Estimate;
import haricot.drift.Rate;
import haricot.drift.Words;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/// A comparison for the terminal.
final class ComparisonText {
    private ComparisonText() {}

    static void print(ModelComparison comparison, PrintWriter out) {
        out.printf("%s (candidate) beside %s (live), %s%n%n", comparison.candidate(), comparison.live(),
                pictures(comparison));
        out.println(
                "same label    " + rate(comparison.agreement().pictures()) + field(comparison, comparison.agreement()
                        .field()));
        out.println("flagged, old  " + rate(comparison.flagged().old())
                + field(comparison, comparison.flagged().oldField()));
        out.println("flagged, new  " + rate(comparison.flagged().candidate())
                + field(comparison, comparison.flagged().candidateField()));
        comparison.reviewed().forEach(seen -> out.printf(
                "right, old    %s of the reviewed%nright, new    %s; %s the old one's alone, %s the new one's; chance of"
                        + " that between equals %s%n",
                rate(seen.old()), rate(seen.candidate()), Words.count(seen.onlyOld()),
                Words.count(seen.onlyCandidate()), Words.probability(seen.probability())));
        if (comparison.reviewed().isEmpty()) {
            out.println("right         nobody has said yet what the pictures show: haricot review");
        }
        table("OLD LABEL \\ NEW", comparison.labels(), out);
        table("OLD DECISION \\ NEW", comparison.decisions(), out);
        mostChanged(comparison.mostChanged(), out);
        out.printf("%n%s: %s%n", comparison.outlook().advice().words(), comparison.outlook().why());
        out.flush();
    }

    static String pictures(ModelComparison comparison) {
        return Words.count(comparison.kept(), "kept picture") + ", " + Words.count(comparison.photos(), "photo")
                + (comparison.unreadable() == 0 ? "" : ", " + comparison.unreadable() + " more unreadable");
    }

    private static String rate(Rate rate) {
        return Words.percent(rate.value()) + " of " + Words.count(rate.of());
    }

    private static String field(ModelComparison comparison, List<Estimate> field) {
        return field.stream().map(each -> "; of all " + (comparison.agreement().ordinary() ? "answers " : "flags ")
                + Words.percent(each.value()) + " (95 %: " + Words.percent(each.interval()) + ")").findFirst()
                .orElse("");
    }

    private static void table(String corner, Map<String, Map<String, Long>> counts, PrintWriter out) {
        int first = Math.max(corner.length(), counts.keySet().stream().mapToInt(String::length).max().orElse(0));
        out.println();
        out.print(padded(corner, first));
        counts.keySet().forEach(name -> out.print("  " + name));
        out.println();
        counts.forEach((old, row) -> {
            out.print(padded(old, first));
            row.forEach((name, count) -> {
                String text = Words.count(count);
                out.print("  " + " ".repeat(Math.max(0, name.length() - text.length())) + text);
            });
            out.println();
        });
    }

    private static void mostChanged(List<ModelComparison.Changed> changed, PrintWriter out) {
        if (!changed.isEmpty()) {
            out.println("\nMost changed:");
            changed.forEach(each -> out.printf("  %s: %s → %s%s%n", each.name(), said(each.old()),
                    said(each.candidate()), each.truth().isEmpty() ? "" : ", shows " + each.truth()));
        }
    }

    static String said(Answer answer) {
        return answer.decision() + (answer.label().isEmpty()
                ? ""
                : " " + answer.label() + " " + Words.percent(answer.confidence()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
