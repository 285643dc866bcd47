package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.bucket.Observations;
import haricot.bucket.Review;
import haricot.bucket.StoredFlag;
import haricot.bucket.Tally;
import haricot.bucket.TallyDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AccuracyTest {
    private static final Tally.Model OTHER_MODEL = new Tally.Model("beans", "0.9.0", "ef".repeat(32));

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void oddPicturesAloneTellNothingOfTheOthers() {
        Accuracy accuracy = Accuracy.of(answered(9_600, 400), seen("review", 100, 0.76, 1), 300);
        assertEquals(List.of(), accuracy.reviewed());
        assertEquals(300, accuracy.waiting());
    }

    /// 96 of 100 answers are right, but only 76 of 100 of those that wait for a person.
    @Test
    void auditsMakeItTheAccuracyOfAllAnswers() {
        List<Accuracy.Seen> seen = new ArrayList<>(seen("accept", 400, 0.97, 0.04));
        seen.addAll(seen("review", 300, 0.76, 1));
        Estimate estimate = Accuracy.of(answered(9_600, 400), seen, 0).reviewed().getFirst();
        assertEquals(0.9616, estimate.value(), 0.02);
        assertTrue(estimate.interval().low() < 0.9616 && 0.9616 < estimate.interval().high(), estimate.toString());
        assertTrue(estimate.interval().high() - estimate.interval().low() < 0.06, estimate.toString());
    }

    @Test
    void anAnswerThatWasSampledSeldomSpeaksForMore() {
        List<Accuracy.Seen> seen = new ArrayList<>(seen("accept", 10, 1, 0.5));
        seen.addAll(seen("accept", 10, 0, 0.1));
        Accuracy.Stratum accepted = Accuracy.of(answered(120, 0), seen, 0).reviews().getFirst();
        assertEquals(20d / 120, accepted.value(), 1e-12);
        assertEquals(120d * 120 / (10 * 4 + 10 * 100), accepted.worth(), 1e-9);
    }

    @Test
    void aDecisionThatWasNeverMadeNeedsNoReview() {
        assertEquals(1, Accuracy.of(answered(0, 50), seen("review", 50, 1, 1), 0).reviewed().getFirst().value(), 1e-12);
    }

    @Test
    void theConfusionMatrixShowsRejectedLeavesAndForeignPictures() {
        List<Accuracy.Seen> seen = List.of(seen(Field.BEANS, "accept", "healthy", "healthy", 1),
                seen(Field.BEANS, "review", "healthy", "bean_rust", 1),
                seen(Field.BEANS, "reject", "", "bean_rust", 1), seen(Field.BEANS, "reject", "", Review.OTHER, 1));
        Accuracy.Confusion confusion = Accuracy.of(answered(1, 1), seen, 0).confusion();
        assertEquals(List.of("bean_rust", "healthy", "other"), confusion.truths());
        assertEquals(List.of("bean_rust", "healthy", "rejected"), confusion.answers());
        assertEquals(List.of(List.of(0L, 1L, 1L), List.of(0L, 1L, 0L), List.of(0L, 0L, 1L)), confusion.counts());
    }

    @Test
    void leavesOutWhatAnotherModelAnswered() {
        List<Accuracy.Seen> seen = List.of(seen(OTHER_MODEL, "accept", "healthy", "bean_rust", 1));
        assertEquals(0, Accuracy.of(answered(1, 0), seen, 0).reviews().getFirst().reviewed());
    }

    @Test
    void estimatesFromTheConfidenceOfFamiliarAnswers() {
        Tally tally = Observations.NOTHING.plus(Observations.accepted("a", "healthy", 0.9f))
                .plus(Observations.accepted("b", "healthy", 0.7f)).plus(Observations.strange("c", 99));
        Accuracy accuracy = Accuracy.of(tally, List.of(), 0);
        assertEquals(0.8, accuracy.estimated(), 1e-6);
        assertEquals(2, accuracy.estimatedOn());
    }

    private static Tally answered(long accepted, long reviewed) {
        return new TallyDraft(Tally.empty(Field.BEANS, "7", Field.BINS)).answers(accepted + reviewed, 0, reviewed)
                .labels(Map.of("healthy", accepted, "bean_rust", reviewed))
                .decisions(Map.of("accept", accepted, "review", reviewed)).tally();
    }

    private List<Accuracy.Seen> seen(String decision, int count, double right, double samplingProbability) {
        List<Accuracy.Seen> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seen.add(seen(Field.BEANS, decision, "healthy", random.nextDouble() < right ? "healthy" : "bean_rust",
                    samplingProbability));
        }
        return seen;
    }

    private static Accuracy.Seen seen(Tally.Model model, String decision, String label, String truth,
            double samplingProbability) {
        return new Accuracy.Seen(new StoredFlag("id", Instant.EPOCH, decision, List.of(), label, 0.8,
                Map.of("healthy", 0.8, "bean_rust", 0.2), 0.4, 12, samplingProbability, "", model), truth);
    }
}
