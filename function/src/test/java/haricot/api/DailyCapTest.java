package haricot.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import haricot.web.Code;
import haricot.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DailyCapTest {
    private Instant now = Instant.parse("2026-03-01T23:59:59Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @Test
    void aLimitedRolloutRefusesPastItsCap() {
        DailyCap cap = cap(Rollout.LIMITED, 3);
        cap.take(3);
        assertEquals(Code.DAILY_CAP, assertThrows(Problem.class, () -> cap.take(1)).code());
    }

    @Test
    void aBatchThatDoesNotFitLeavesWhatIsLeft() {
        DailyCap cap = cap(Rollout.LIMITED, 3);
        assertThrows(Problem.class, () -> cap.take(4));
        assertDoesNotThrow(() -> cap.take(3));
    }

    @Test
    void midnightInUtcBeginsANewDay() {
        DailyCap cap = cap(Rollout.LIMITED, 1);
        cap.take(1);
        now = now.plusSeconds(1);
        assertDoesNotThrow(() -> cap.take(1));
    }

    @Test
    void anExpandedRolloutHasNoCap() {
        DailyCap cap = cap(Rollout.EXPANDED, 1);
        cap.take(1_000);
        assertDoesNotThrow(() -> cap.take(1_000));
    }

    private DailyCap cap(Rollout rollout, int most) {
        return new DailyCap(rollout, most, clock);
    }
}
