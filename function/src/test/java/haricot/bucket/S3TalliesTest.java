package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class S3TalliesTest {
    private static final String TEN = "tallies/dt=2026-11-24/hh=10/";
    private static final String ELEVEN = "tallies/dt=2026-11-24/hh=11/";

    private final SteppingClock clock = new SteppingClock("2026-11-24T10:59:00Z");
    private final MemoryS3 s3 = new MemoryS3();
    private final AtomicInteger environment = new AtomicInteger();
    private final List<RuntimeException> refused = new ArrayList<>();
    private final S3Tallies tallies = new S3Tallies(s3, "field", Observations.NOTHING, clock,
            () -> "e" + environment.incrementAndGet(), refused::add);

    @Test
    void writesNothingBeforeTheFirstAnswer() {
        assertFalse(tallies.due());
    }

    @Test
    void writesEachOfTheFirstTwentyAnswersOfAnHour() {
        accept(20);
        assertEquals(20, s3.writes().size());
        accept(1);
        assertEquals(20, s3.writes().size());
    }

    @Test
    void thenWritesOncePerHundredAnswers() throws IOException {
        accept(20 + 100);
        assertEquals(21, s3.writes().size());
        accept(99);
        assertEquals(21, s3.writes().size());
        assertEquals(120, stored(TEN + "e1.json").answered());
    }

    @Test
    void orWithTheFirstAnswerAfterTenSeconds() throws IOException {
        accept(21);
        clock.step(Duration.ofSeconds(10));
        accept(1);
        assertEquals(22, stored(TEN + "e1.json").answered());
    }

    @Test
    void andWithEveryFlag() throws IOException {
        accept(21);
        tallies.answered(Observations.unsure("u"));
        write();
        assertEquals(22, stored(TEN + "e1.json").answered());
    }

    @Test
    void writesAtMostOneInAHundredAtTenRequestsASecond() {
        accept(20);
        for (int i = 0; i < 500; i++) {
            clock.step(Duration.ofMillis(95));
            accept(1);
        }
        assertEquals(25, s3.writes().size());
    }

    @Test
    void writesTheLastStateOfAnHourWithTheNextRequest() throws IOException {
        accept(25);
        clock.step(Duration.ofMinutes(2));
        accept(1);
        assertEquals(25, stored(TEN + "e1.json").answered());
        assertEquals(1, stored(ELEVEN + "e1.json").answered());
    }

    @Test
    void keepsWhatItWroteWhenTheClockGoesBackAnHour() throws IOException {
        clock.set("2026-11-24T10:30:00Z");
        accept(3);
        clock.set("2026-11-24T11:00:01Z");
        accept(2);
        clock.set("2026-11-24T10:59:59Z");
        accept(4);
        assertEquals(3, stored(TEN + "e1.json").answered());
        assertEquals(2, stored(ELEVEN + "e1.json").answered());
        assertEquals(4, stored(TEN + "e2.json").answered());
    }

    @Test
    void countsRefusals() throws IOException {
        tallies.refused("truncated");
        write();
        assertEquals(1, stored(TEN + "e1.json").errors().get("truncated"));
    }

    @Test
    void losesNothingWhileTheBucketRefuses() throws IOException {
        accept(21);
        s3.refuse(true);
        tallies.answered(Observations.unsure("u"));
        tallies.write();
        clock.step(Duration.ofMinutes(2));
        tallies.answered(Observations.unsure("v"));
        tallies.write();
        assertEquals(2, refused.size());
        s3.refuse(false);
        clock.step(Duration.ofSeconds(2));
        catchUp();
        accept(1);
        assertEquals(22, stored(TEN + "e1.json").answered());
        assertEquals(2, stored(ELEVEN + "e1.json").answered());
    }

    @Test
    void doesNotTryWithEveryRequestWhileTheBucketRefuses() {
        accept(21);
        s3.refuse(true);
        clock.step(Duration.ofSeconds(11));
        tallies.answered(Observations.accepted("a", "healthy", 0.9f));
        assertTrue(tallies.due());
        tallies.write();
        assertEquals(1, refused.size());
        tallies.answered(Observations.accepted("b", "healthy", 0.9f));
        assertFalse(tallies.due());
    }

    @Test
    void letsNoAnswerWaitAfterAFailureAndTriesAgainLessAndLessOften() {
        s3.refuse(true);
        int attempts = 0;
        for (int second = 0; second < 600; second++) {
            clock.step(Duration.ofSeconds(1));
            tallies.answered(Observations.unsure("u" + second));
            if (tallies.due()) {
                assertEquals(0, attempts, "the first attempt alone is waited for");
                tallies.write();
                attempts++;
            }
            if (tallies.owes()) {
                tallies.write();
                attempts++;
            }
        }
        // The first, then after 1, 2, 4, 8, 16, 32 and each further 60 seconds.
        assertEquals(1 + 6 + 8, attempts);
        s3.refuse(false);
        clock.step(Duration.ofMinutes(1));
        catchUp();
        tallies.answered(Observations.unsure("v"));
        assertTrue(tallies.due());
    }

    @Test
    void correctsALatencyThatAWriteMadeLonger() throws IOException {
        accept(1);
        tallies.tookLonger(Duration.ofMillis(14), Duration.ofMillis(900), 1);
        accept(1);
        Histogram latency = stored(TEN + "e1.json").histograms().get("latency");
        assertEquals(2, latency.total());
        assertTrue(latency.quantile(1) > 600, latency.toString());
    }

    private void catchUp() {
        assertTrue(tallies.owes());
        tallies.write();
    }

    @Test
    void countsEveryAnswerOfManyThreads() throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) {
                threads.execute(() -> {
                    tallies.answered(Observations.unsure("u"));
                    tallies.write();
                });
            }
        }
        assertEquals(400, stored(TEN + "e1.json").answered());
        assertEquals(List.of(TEN + "e1.json"), s3.writes().stream().distinct().toList());
    }

    private void accept(int times) {
        for (int i = 0; i < times; i++) {
            tallies.answered(Observations.accepted("a" + i, "healthy", 0.9f));
            write();
        }
    }

    private void write() {
        if (tallies.due()) {
            tallies.write();
        }
    }

    private Tally stored(String key) throws IOException {
        return Tally.read(s3.object(key));
    }
}
