package haricot.drift.page;

import haricot.drift.Accuracy;
import haricot.drift.Level;
import haricot.drift.Words;
import java.util.ArrayList;
import java.util.List;

/// The part of the page about what people said.
final class AccuracySection {
    private AccuracySection() {}

    static String of(Accuracy accuracy) {
        return "<section><h2>Accuracy" + (accuracy.contradicted() ? " " + Html.level(Level.WATCH) : "")
                + "</h2>" + headline(accuracy) + "<p>Of " + Html.text(accuracy.model().name()) + " "
                + Html.text(accuracy.model().version()) + " in the last 28 days. " + estimated(accuracy) + " "
                + reviewed(accuracy) + " " + Words.count(accuracy.waiting(), "flag") + (accuracy.waiting() == 1
                        ? " is waiting"
                        : " are waiting")
                + " for a person.</p>" + strata(accuracy) + confusion(accuracy) + "</section>";
    }

    /// What people found beside what the model expects, in large.
    private static String headline(Accuracy accuracy) {
        return accuracy.enough().map(found -> "<p class=\"headline\"><b>" + Words.percent(found.value())
                + " right by reviews</b> (95 %: " + Words.percent(found.interval()) + "); the model itself expects "
                + Words.percent(accuracy.estimated()) + "." + (accuracy.contradicted()
                        ? " People contradict the model: do not rely on its confidence here."
                        : "")
                + "</p>").orElse("");
    }

    private static String estimated(Accuracy accuracy) {
        return accuracy.estimatedOn() == 0
                ? "No familiar picture was answered."
                : "Where the picture was familiar, the mean calibrated confidence predicts "
                        + Words.percent(accuracy.estimated()) + " right.";
    }

    private static String reviewed(Accuracy accuracy) {
        return accuracy.reviewed().stream()
                .map(estimate -> "From the reviews, " + Words.percent(estimate.value())
                        + " of all labelled answers are right "
                        + "(95 %: " + Words.percent(estimate.interval()) + ").")
                .findFirst()
                .orElse("The reviews cannot tell the accuracy of all answers yet: it takes a review of each decision that was "
                        + "made, and strange pictures alone would make the model look worse than it is.");
    }

    private static String strata(Accuracy accuracy) {
        List<List<String>> rows = accuracy.reviews().stream()
                .map(stratum -> List.of(stratum.decision(), Words.count(stratum.answered()),
                        Words.count(stratum.reviewed()), Words.count(stratum.right()),
                        stratum.reviewed() == 0 ? "–" : Words.percent(stratum.value())))
                .toList();
        return Html.table("Reviewed answers by decision; each decision weighted by how often it was made",
                List.of("decision", "answered", "reviewed", "right", "right, weighted"), rows);
    }

    private static String confusion(Accuracy accuracy) {
        Accuracy.Confusion confusion = accuracy.confusion();
        if (accuracy.reviews().stream().allMatch(stratum -> stratum.reviewed() == 0)
                && confusion.counts().stream().flatMap(List::stream).allMatch(count -> count == 0)) {
            return "";
        }
        List<String> heads = new ArrayList<>(List.of("a person saw"));
        confusion.answers().forEach(answer -> heads.add("answered " + answer.replace('_', ' ')));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < confusion.truths().size(); i++) {
            List<String> row = new ArrayList<>(List.of(Html.text(confusion.truths().get(i).replace('_', ' '))));
            confusion.counts().get(i).forEach(count -> row.add(Words.count(count)));
            rows.add(row);
        }
        return Html.table("Confusion matrix of the reviewed answers, unweighted", heads, rows);
    }
}
