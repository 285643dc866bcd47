package haricot.local.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The arithmetic of `deployment.md`, done once more.
final class BackfillCostTest {
    @Test
    void tenMillionAreWhatTheDocumentSays() {
        BackfillCost cost = new BackfillCost(10_000_000, 100_000, 1769, 1_000);
        assertEquals(1_000, cost.duration(), 1e-6);
        assertEquals(28.81, cost.lambda(), 0.005);
        assertEquals(7.50, cost.steps(), 0.005);
        assertEquals(8.05, cost.s3(), 0.005);
        assertEquals(800_000, cost.puts());
        assertEquals(44.36, cost.dollars(), 0.01);
        assertTrue(cost.words().contains("About 44.36 dollars and 17 min at 1,000 chunks at a time."), cost.words());
    }

    @Test
    void fewerChunksThanWorkersKeepFewerBusy() {
        assertEquals(10, new BackfillCost(100, 1, 1769, 50).duration(), 1e-6);
    }
}
