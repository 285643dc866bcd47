package haricot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.model.Decision;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrutinyTest {
    private static final Verdict ACCEPTED = verdict(Decision.ACCEPT, List.of());
    private static final Verdict REJECTED = verdict(Decision.REJECT, List.of(Reason.UNFAMILIAR));

    @Test
    void underAManualRolloutEveryAcceptBecomesAReview() {
        Verdict seen = scrutiny(Rollout.MANUAL, 0.01).of(ACCEPTED);
        assertEquals(Decision.REVIEW, seen.decision());
        assertEquals(List.of(Reason.ROLLOUT), seen.reasons());
    }

    @Test
    void underAManualRolloutARejectStaysOne() {
        assertSame(REJECTED, scrutiny(Rollout.MANUAL, 0.01).of(REJECTED));
    }

    @Test
    void anAuditedAnswerStaysAccepted() {
        Verdict seen = scrutiny(Rollout.EXPANDED, 1).of(ACCEPTED);
        assertEquals(Decision.ACCEPT, seen.decision());
        assertEquals(List.of(Reason.AUDIT), seen.reasons());
    }

    @Test
    void auditsPickTheirShare() {
        Scrutiny scrutiny = scrutiny(Rollout.EXPANDED, 0.25);
        long picked = IntStream.range(0, 10_000).filter(i -> !scrutiny.of(ACCEPTED).reasons().isEmpty()).count();
        assertTrue(picked > 2_300 && picked < 2_700, () -> picked + " of 10,000");
    }

    @Test
    void withoutAuditsAnAcceptIsLeftAlone() {
        assertSame(ACCEPTED, scrutiny(Rollout.EXPANDED, 0).of(ACCEPTED));
    }

    @Test
    void aRejectIsNeverAudited() {
        assertSame(REJECTED, scrutiny(Rollout.EXPANDED, 1).of(REJECTED));
    }

    @Test
    void anAuditWeighsAsManyAsItStandsFor() {
        Scrutiny scrutiny = scrutiny(Rollout.EXPANDED, 0.25);
        assertEquals(0.25, scrutiny.samplingProbability(verdict(Decision.ACCEPT, List.of(Reason.AUDIT))));
        assertEquals(1, scrutiny.samplingProbability(REJECTED));
    }

    private static Scrutiny scrutiny(Rollout rollout, double auditRate) {
        return new Scrutiny(rollout, auditRate, new Random(7));
    }

    private static Verdict verdict(Decision decision, List<Reason> reasons) {
        return new Verdict(List.of(new Verdict.Ranked("healthy", 0.98f), new Verdict.Ranked("rust", 0.02f)),
                decision == Decision.REJECT, 0.5f, 12, 0.99f, decision, reasons);
    }
}
