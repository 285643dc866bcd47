package haricot.drift.page;

import haricot.drift.NextStep;
import haricot.drift.Report;
import haricot.drift.Words;

/// The part of the page about the next step of the rollout.
final class NextStepSection {
    private NextStepSection() {}

    static String of(Report report) {
        NextStep next = report.nextStep();
        long accepted = report.decisions().getOrDefault("accept", 0L);
        String share = report.answered() == 0
                ? "Nothing was answered."
                : "The model answered " + Words.percent((double) accepted / report.answered())
                        + " of the pictures by itself; a person was asked about the rest.";
        String days = report.okDays() == 0
                ? "On the last day with enough pictures the verdict was not ok."
                : "The verdict has been ok on the last " + Words.count(report.okDays(), "day")
                        + " with enough pictures.";
        return "<section><h2>Next step</h2><p>The rollout is " + next.step().word() + ". " + share + " " + days
                + "</p><p>" + people(next) + "</p><p><strong>" + Html.text(next.why()) + "</strong> <code>"
                + Html.text(next.command()) + "</code></p></section>";
    }

    private static String people(NextStep next) {
        String agreement = next.agreement().stream()
                .map(each -> "Where the model would decide by itself, the person agreed in "
                        + Words.percent(each.value())
                        + " (95 %: " + Words.percent(each.interval()) + "). ")
                .findFirst().orElse("None of them is one that the model would decide by itself. ");
        return next.reviewed() == 0
                ? "No person has checked an answer yet."
                : "A person has checked " + Words.count(next.reviewed(), "answer") + ". " + agreement + "At "
                        + Words.axis(next.wanted()) + " right, the model could decide "
                        + Words.percent(next.acceptable())
                        + " of what was checked, the surest first.";
    }
}
