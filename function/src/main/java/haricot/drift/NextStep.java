package haricot.drift;

import com.fasterxml.jackson.annotation.JsonValue;
import haricot.model.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the numbers say about the next step of the rollout: manual, limited, expanded.
///
/// @param step where the rollout is, as far as the bucket shows: answers of a manual one have the reason `rollout`, and a
///     limited one is known by those whom it turned away
/// @param reviewed answers of the main model that a person has looked at
/// @param agreement how often the person agreed where the model would decide by itself, by sampling probability; empty
///     without reviews of such answers
/// @param wanted share of right answers that is asked for
/// @param acceptable share of the reviewed answers, by sampling probability, that the model could decide by itself at
///     that accuracy if it took the surest first
/// @param ready whether the numbers speak for the next step
/// @param why in a sentence
/// @param command what to type next
public record NextStep(Step step, long reviewed, List<Estimate> agreement, double wanted, double acceptable,
        boolean ready, String why, String command) {
    /// What the course of a rollout usually asks for; at fewer than 95 right of 100 a person catches more than the
    /// model saves.
    static final double WANTED = 0.95;
    /// With all of 100 right the interval begins at 96 %: fewer can never reach what is wanted by much.
    static final long FEWEST = 100;

    /// In the order in which they follow.
    public enum Step {
        MANUAL,
        LIMITED,
        EXPANDED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param seen answers of the model that a person has looked at
    static NextStep of(Map<String, Long> reasons, Map<String, Long> errors, Level verdict,
            List<Accuracy.Seen> seen) {
        Step step = step(reasons, errors);
        List<Accuracy.Seen> decided = seen.stream().filter(NextStep::wouldDecide).toList();
        List<Estimate> agreement = decided.isEmpty() ? List.of() : List.of(agreement(decided));
        String why;
        boolean ready = false;
        if (verdict.compareTo(Level.WATCH) >= 0) {
            why = "The report says " + verdict.word() + ": find out why first.";
        } else if (decided.size() < FEWEST) {
            why = "A person has checked " + Words.count(decided.size(), "answer")
                    + " that the model would decide by itself; it takes " + FEWEST + ".";
        } else if (agreement.getFirst().interval().low() < WANTED) {
            why = "Fewer than " + Words.axis(WANTED) + " of them may be right.";
        } else {
            ready = true;
            why = step == Step.EXPANDED
                    ? "The numbers hold, and there is no further step."
                    : "The numbers speak for the next step.";
        }
        return new NextStep(step, seen.size(), agreement, WANTED, acceptable(seen), ready, why,
                command(step, verdict, ready));
    }

    private static Step step(Map<String, Long> reasons, Map<String, Long> errors) {
        if (reasons.getOrDefault("rollout", 0L) > 0) {
            return Step.MANUAL;
        }
        return errors.getOrDefault("daily-cap", 0L) + errors.getOrDefault("not-in-rollout", 0L) > 0
                ? Step.LIMITED
                : Step.EXPANDED;
    }

    private static String command(Step step, Level verdict, boolean ready) {
        if (verdict == Level.ALARM && step != Step.MANUAL) {
            return "haricot rollback";
        }
        if (!ready) {
            return "haricot review";
        }
        return switch (step) {
            case MANUAL -> "haricot deploy --set Rollout=limited --set LimitedShare=0.1";
            case LIMITED -> "haricot deploy --set Rollout=expanded";
            case EXPANDED -> "haricot review";
        };
    }

    /// An accept, or what would have been one if a person had not been asked about everything.
    private static boolean wouldDecide(Accuracy.Seen seen) {
        return seen.flag().decision().equals(Decision.ACCEPT.word()) || seen.flag().reasons().contains("rollout");
    }

    private static Estimate agreement(List<Accuracy.Seen> decided) {
        Sum sum = new Sum();
        decided.forEach(sum::add);
        return new Estimate(sum.right / sum.all, sum.interval());
    }

    private static double acceptable(List<Accuracy.Seen> seen) {
        double all = seen.stream().mapToDouble(each -> 1 / each.flag().samplingProbability()).sum();
        List<Accuracy.Seen> surest = new ArrayList<>(seen);
        surest.removeIf(each -> each.flag().rejected());
        surest.sort(Comparator.comparingDouble((Accuracy.Seen each) -> each.flag().confidence()).reversed()
                .thenComparing(each -> each.flag().id()));
        Sum sum = new Sum();
        double acceptable = 0;
        for (Accuracy.Seen each : surest) {
            sum.add(each);
            if (sum.interval().low() >= WANTED) {
                acceptable = sum.all / all;
            }
        }
        return acceptable;
    }

    /// Weights of answers, each by how many it stands for.
    private static final class Sum {
        private double all;
        private double squares;
        private double right;

        private void add(Accuracy.Seen seen) {
            double weight = 1 / seen.flag().samplingProbability();
            all += weight;
            squares += weight * weight;
            right += seen.truth().equals(seen.flag().label()) ? weight : 0;
        }

        private Interval interval() {
            return Rate.wilson(right / all, all * all / squares);
        }
    }
}
