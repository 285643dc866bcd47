package haricot.drift;

import haricot.bucket.Review;
import haricot.bucket.StoredFlag;
import haricot.bucket.Tally;
import haricot.model.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// How often the answers of one model were right, estimated in two independent ways.
///
/// @param model the one that answered most
/// @param estimated mean calibrated confidence of the answers that were not flagged: it holds as long as the
///     calibration does, which is what the other signals watch; 0 where there were none
/// @param estimatedOn how many those are
/// @param waiting flags that nobody has looked at
/// @param reviews the reviewed answers by decision
/// @param reviewed accuracy of all answers that got a label, from the reviews; empty while a decision that
///     was made has not been reviewed once
/// @param confusion of the reviewed ones
public record Accuracy(Tally.Model model, double estimated, long estimatedOn, long waiting, List<Stratum> reviews,
        List<Estimate> reviewed, Confusion confusion) {

    /// The reviewed answers of one decision. Reviewers look at strange pictures first,
    /// so each decision is estimated by itself: what was seen of it speaks for all of
    /// it, and for nothing else.
    ///
    /// @param answered all answers with this decision
    /// @param reviewed those that a person has looked at
    /// @param right those of them that the person agreed with
    /// @param value share of right ones, each weighted with the inverse of its sampling
    ///     probability
    /// @param worth how many equally weighted ones that share is worth
    public record Stratum(String decision, long answered, long reviewed, long right, double value, double worth) {}

    /// Counts of reviewed answers.
    ///
    /// @param truths what people saw, a row each
    /// @param answers what the model said, a column each; the last is `rejected`
    public record Confusion(List<String> truths, List<String> answers, List<List<Long>> counts) {}

    /// A flag and what a person last said of it.
    public record Seen(StoredFlag flag, String truth) {}

    static final String REJECTED = "rejected";

    /// The widest interval that still says something: it tells seven right in ten from all.
    private static final double WIDEST = 0.3;
    /// Fewer points between what the model expects and what people found do not matter.
    private static final double MATTERS = 0.05;
    /// An interval of 95 % times this is one of 99 %: the normal distribution's points are 1.960 and 2.576.
    private static final double TO_99 = 1.3143;

    /// What the reviews say of all labelled answers, where there are enough of them to say it.
    public Optional<Estimate> enough() {
        return reviewed.stream().filter(all -> all.interval().high() - all.interval().low() <= WIDEST).findFirst();
    }

    /// Whether people find the model wrong more often than it expects, beyond chance (99 %) and by an amount that
    /// matters.
    public boolean contradicted() {
        return estimatedOn > 0 && enough().filter(found -> estimated - found.value() >= MATTERS
                && estimated > found.value() + TO_99 * (found.interval().high() - found.value())).isPresent();
    }

    /// @param tally everything that this model answered in the time of the reviews
    static Accuracy of(Tally tally, List<Seen> seen, long waiting) {
        List<Seen> ofModel = seen.stream().filter(each -> each.flag().model().equals(tally.model())).toList();
        List<Stratum> strata = new ArrayList<>();
        for (Decision decision : List.of(Decision.ACCEPT, Decision.REVIEW)) {
            strata.add(stratum(decision.word(), tally.decisions().getOrDefault(decision.word(), 0L),
                    ofModel.stream().filter(each -> each.flag().decision().equals(decision.word())).toList()));
        }
        double estimated = tally.familiar() == 0 ? 0 : tally.familiarConfidence() / 1e6 / tally.familiar();
        return new Accuracy(tally.model(), estimated, tally.familiar(), waiting, strata, combined(strata),
                confusion(tally.labels(), ofModel));
    }

    private static Stratum stratum(String decision, long answered, List<Seen> seen) {
        double all = 0;
        double squares = 0;
        double right = 0;
        long rights = 0;
        for (Seen each : seen) {
            double weight = 1 / each.flag().samplingProbability();
            all += weight;
            squares += weight * weight;
            if (each.truth().equals(each.flag().label())) {
                right += weight;
                rights++;
            }
        }
        return new Stratum(decision, answered, seen.size(), rights, seen.isEmpty() ? 0 : right / all,
                seen.isEmpty() ? 0 : all * all / squares);
    }

    /// The strata weighted by how many answers each stands for.
    private static List<Estimate> combined(List<Stratum> strata) {
        List<Stratum> made = strata.stream().filter(stratum -> stratum.answered() > 0).toList();
        if (made.isEmpty() || made.stream().anyMatch(stratum -> stratum.reviewed() == 0)) {
            return List.of();
        }
        return List.of(Estimate.of(made.stream()
                .map(stratum -> new Estimate.Part(stratum.answered(), stratum.value(), stratum.worth())).toList()));
    }

    private static Confusion confusion(Map<String, Long> labels, List<Seen> seen) {
        TreeSet<String> known = new TreeSet<>(labels.keySet());
        seen.forEach(each -> known.addAll(each.flag().probabilities().keySet()));
        List<String> answers = new ArrayList<>(known);
        answers.add(REJECTED);
        TreeSet<String> said = new TreeSet<>(known);
        seen.forEach(each -> said.add(each.truth()));
        said.remove(Review.OTHER);
        List<String> truths = new ArrayList<>(said);
        truths.add(Review.OTHER);
        List<List<Long>> counts = truths.stream()
                .map(truth -> answers.stream().map(answer -> count(seen, truth, answer)).toList()).toList();
        return new Confusion(truths, answers, counts);
    }

    private static long count(List<Seen> seen, String truth, String answer) {
        return seen.stream().filter(each -> each.truth().equals(truth))
                .filter(each -> answer.equals(each.flag().rejected() ? REJECTED : each.flag().label())).count();
    }
}
