package haricot.bucket;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits, so that ids sort by
/// time and no two environments share one.
public final class UuidV7 {
    private final Clock clock;
    private final RandomGenerator random;

    /// @param random must not repeat its sequence after a snapshot is restored
    public UuidV7(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        long version = 0x7000L | random.nextInt(1 << 12);
        long high = (clock.millis() << 16) | version;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
