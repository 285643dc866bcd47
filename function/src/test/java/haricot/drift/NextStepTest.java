package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.bucket.StoredFlag;
import haricot.drift.NextStep.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When the numbers speak for the next step of a rollout.
class NextStepTest {
    private static final Map<String, Long> MANUAL = Map.of("rollout", 200L);
    private final List<Accuracy.Seen> seen = new ArrayList<>();

    @Test
    void theStepIsReadFromWhatItLeaves() {
        assertEquals(Step.MANUAL, NextStep.of(MANUAL, Map.of("daily-cap", 3L), Level.OK, seen).step());
        assertEquals(Step.LIMITED, NextStep.of(Map.of(), Map.of("daily-cap", 3L), Level.OK, seen).step());
        assertEquals(Step.LIMITED, NextStep.of(Map.of(), Map.of("not-in-rollout", 3L), Level.OK, seen).step());
        assertEquals(Step.EXPANDED, NextStep.of(Map.of("audit", 9L), Map.of("empty-body", 3L), Level.OK, seen).step());
    }

    @Test
    void aHundredRightAnswersSpeakForTheLimitedStep() {
        add(100, "review", List.of("rollout"), 1, true, 0.9);
        NextStep next = NextStep.of(MANUAL, Map.of(), Level.OK, seen);
        assertTrue(next.ready(), next.why());
        assertEquals("haricot deploy --set Rollout=limited --set LimitedShare=0.1", next.command());
        assertEquals(Rate.wilson(1, 100), next.agreement().getFirst().interval());
        assertEquals(1, next.acceptable());
    }

    @Test
    void fewerDoNot() {
        add(99, "review", List.of("rollout"), 1, true, 0.9);
        add(50, "review", List.of("low-confidence"), 1, true, 0.6);
        NextStep next = NextStep.of(MANUAL, Map.of(), Level.OK, seen);
        assertFalse(next.ready());
        assertEquals(149, next.reviewed());
        assertEquals("A person has checked 99 answers that the model would decide by itself; it takes 100.",
                next.why());
        assertEquals("haricot review", next.command());
    }

    @Test
    void wrongOnesDoNot() {
        add(100, "review", List.of("rollout"), 1, true, 0.9);
        add(5, "review", List.of("rollout"), 1, false, 0.7);
        NextStep next = NextStep.of(MANUAL, Map.of(), Level.OK, seen);
        assertFalse(next.ready());
        assertEquals("Fewer than 95 % of them may be right.", next.why());
        // The wrong ones are the least sure. Wilson for 100 of 101: 94.6 % and up, which is under the wanted 95.
        assertEquals(100 / 105.0, next.acceptable(), 1e-12);
    }

    @Test
    void anAlarmGoesBeforeAllAndGoesBack() {
        add(300, "accept", List.of("audit"), 0.01, true, 0.9);
        assertEquals("haricot rollback", NextStep.of(Map.of(), Map.of(), Level.ALARM, seen).command());
        NextStep watched = NextStep.of(Map.of(), Map.of("daily-cap", 1L), Level.WATCH, seen);
        assertEquals("The report says watch: find out why first.", watched.why());
        NextStep next = NextStep.of(Map.of(), Map.of("daily-cap", 1L), Level.TOO_FEW, seen);
        assertEquals("haricot deploy --set Rollout=expanded", next.command());
    }

    @Test
    void anAuditWeighsWhatItStandsFor() {
        add(90, "accept", List.of("audit"), 0.01, true, 0.9);
        add(10, "accept", List.of("audit"), 1, false, 0.9);
        assertEquals(9000 / 9010.0,
                NextStep.of(Map.of(), Map.of(), Level.OK, seen).agreement().getFirst().value(), 1e-12);
    }

    private void add(int times, String decision, List<String> reasons, double sampling, boolean right,
            double confidence) {
        for (int i = 0; i < times; i++) {
            StoredFlag flag = new StoredFlag("id" + seen.size(), Instant.EPOCH, decision, reasons, "rust", confidence,
                    Map.of("rust", confidence), 0, 0, sampling, "", Field.BEANS);
            seen.add(new Accuracy.Seen(flag, right ? "rust" : "healthy"));
        }
    }
}
