package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void versionAndVariantAreThoseOfTheStandard() {
        UUID id = UUID.fromString(ids(NOW).next());
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void theFirst48BitsAreMilliseconds() {
        UUID id = UUID.fromString(ids(NOW).next());
        assertEquals(NOW.toEpochMilli(), id.getMostSignificantBits() >>> 16);
    }

    @Test
    void laterIdsSortLater() {
        assertTrue(ids(NOW).next().compareTo(ids(NOW.plusMillis(1)).next()) < 0);
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        UuidV7 ids = ids(NOW);
        assertEquals(1000, java.util.stream.Stream.generate(ids::next).limit(1000).distinct().count());
    }

    private static UuidV7 ids(Instant now) {
        return new UuidV7(Clock.fixed(now, ZoneOffset.UTC), new Random(1));
    }
}
