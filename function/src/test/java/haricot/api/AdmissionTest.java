package haricot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.web.Code;
import haricot.web.Problem;
import haricot.web.Problems;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is answered while a rollout is limited, and when.
class AdmissionTest {
    private Instant now = Instant.parse("2026-03-01T12:30:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @Test
    void aShareOfTheCallersIsAboutThatManyOfThem() {
        // Of 10,000 independent draws at 0.1, the standard deviation is 30.
        assertEquals(1000, admitted(0.1), 120);
        assertEquals(0, admitted(0));
        assertEquals(10_000, admitted(1));
    }

    @Test
    void whoIsInStaysInWhenTheShareGrows() {
        for (int i = 0; i < 500; i++) {
            if (admission(0.1, OpenHours.ALWAYS).refusal("", "c" + i, "r").isEmpty()) {
                assertTrue(admission(0.2, OpenHours.ALWAYS).refusal("", "c" + i, "other").isEmpty());
            }
        }
    }

    @Test
    void theKeyCountsBeforeTheClientAndThatBeforeTheRequest() {
        Admission half = admission(0.5, OpenHours.ALWAYS);
        String in = IntStream.range(0, 100).mapToObj(i -> "k" + i).filter(key -> half.refusal(key, "", "").isEmpty())
                .findFirst().orElseThrow();
        for (int i = 0; i < 50; i++) {
            assertTrue(half.refusal(in, "client" + i, "request" + i).isEmpty());
        }
        assertEquals(half.refusal("", "a", "r1").isEmpty(), half.refusal("", "a", "r2").isEmpty());
        assertEquals(2,
                IntStream.range(0, 50).mapToObj(i -> half.refusal("", "", "r" + i).isEmpty()).distinct().count());
    }

    @Test
    void aRefusedShareSaysTomorrow() {
        Problem problem = admission(0, OpenHours.ALWAYS).refusal("k", "", "").orElseThrow();
        assertEquals(Code.NOT_IN_ROLLOUT, problem.code());
        assertEquals("86400", Problems.response(problem, "id").headers().get("Retry-After"));
    }

    @ParameterizedTest
    @CsvSource({"8-17,12:30:00,0", "8-17,17:00:00,54000", "8-17,07:59:59.5,1", "8-17,08:00:00,0", "22-6,23:00:00,0",
            "22-6,05:59:59,0", "22-6,06:00:00,57600", "0-24,00:00:00,0", "9-9,03:00:00,0", "0-1,12:00:00,43200"})
    void outsideOfItsHoursItSaysWhenItOpens(String hours, String time, String seconds) {
        now = Instant.parse("2026-03-01T" + time + "Z");
        Admission admission = admission(1, OpenHours.parse(hours));
        if (seconds.equals("0")) {
            admission.requireOpen();
        } else {
            Problem problem = assertThrows(Problem.class, admission::requireOpen);
            assertEquals(seconds, Problems.response(problem, "id").headers().get("Retry-After"));
        }
    }

    @Test
    void anExpandedRolloutAsksNobody() {
        Admission admission = new Admission(Rollout.EXPANDED, 0, OpenHours.parse("3-4"), clock);
        admission.requireOpen();
        assertTrue(admission.refusal("k", "c", "r").isEmpty());
    }

    private int admitted(double share) {
        Admission admission = admission(share, OpenHours.ALWAYS);
        return (int) IntStream.range(0, 10_000).filter(i -> admission.refusal("", "caller " + i, "").isEmpty()).count();
    }

    private Admission admission(double share, OpenHours hours) {
        return new Admission(Rollout.LIMITED, share, hours, clock);
    }
}
