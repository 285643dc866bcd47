package haricot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.vision.Decision;
import haricot.vision.Reason;
import haricot.vision.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrutinyTest {
    private static final Verdict ACCEPTED = verdict(Decision.ACCEPT, List.of());
    private static final Verdict REJECTED = verdict(Decision.REJECT, List.of(Reason.UNFAMILIAR));

    @Test
    void underAManualRolloutEveryAcceptBecomesAReview() {
        Verdict seen = scrutiny("ROLLOUT", "manual").of(ACCEPTED);
        assertEquals(Decision.REVIEW, seen.decision());
        assertEquals(List.of(Reason.ROLLOUT), seen.reasons());
    }

    @Test
    void underAManualRolloutARejectStaysOne() {
        assertSame(REJECTED, scrutiny("ROLLOUT", "manual").of(REJECTED));
    }

    @Test
    void anAuditedAnswerStaysAccepted() {
        Verdict seen = scrutiny("AUDIT_RATE", "1").of(ACCEPTED);
        assertEquals(Decision.ACCEPT, seen.decision());
        assertEquals(List.of(Reason.AUDIT), seen.reasons());
    }

    @Test
    void auditsPickTheirShare() {
        Scrutiny scrutiny = scrutiny("AUDIT_RATE", "0.25");
        long picked = IntStream.range(0, 10_000).filter(i -> !scrutiny.of(ACCEPTED).reasons().isEmpty()).count();
        assertTrue(picked > 2_300 && picked < 2_700, () -> picked + " of 10,000");
    }

    @Test
    void withoutAuditsAnAcceptIsLeftAlone() {
        assertSame(ACCEPTED, scrutiny("AUDIT_RATE", "0").of(ACCEPTED));
    }

    @Test
    void aRejectIsNeverAudited() {
        assertSame(REJECTED, scrutiny("AUDIT_RATE", "1").of(REJECTED));
    }

    @Test
    void anAuditWeighsAsManyAsItStandsFor() {
        Scrutiny scrutiny = scrutiny("AUDIT_RATE", "0.25");
        assertEquals(0.25, scrutiny.samplingProbability(verdict(Decision.ACCEPT, List.of(Reason.AUDIT))));
        assertEquals(1, scrutiny.samplingProbability(REJECTED));
    }

    private static Scrutiny scrutiny(String name, String value) {
        Map<String, String> environment = Map.of("BUCKET", "leaves", "MODEL_NAME", "beans", "MODEL_VERSION", "1.0.0",
                "MODEL_SHA256", "0".repeat(64), "ORT_DISABLE_TELEMETRY", "1", name, value);
        return new Scrutiny(Settings.from(environment), new Random(7));
    }

    private static Verdict verdict(Decision decision, List<Reason> reasons) {
        return new Verdict(List.of(new Verdict.Ranked("healthy", 0.98f), new Verdict.Ranked("rust", 0.02f)),
                decision == Decision.REJECT, 0.5f, 12, 0.99f, decision, reasons);
    }
}
