package haricot.bucket;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits, so that ids sort by
/// time and no two environments share one.
public final class UuidV7 {
    private static final Pattern FORM = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final int HEX = 16;
    /// The first 48 bits are milliseconds since 1970.
    private static final int DIGITS_OF_TIME = 12;

    private final Clock clock;
    private final RandomGenerator random;

    /// @param random must not repeat its sequence after a snapshot is restored
    public UuidV7(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// When an id was made; empty for what is none, in lower case as they are given out.
    public static Optional<Instant> time(String id) {
        return FORM.matcher(id).matches()
                ? Optional
                        .of(Instant.ofEpochMilli(Long.parseLong(id.replace("-", "").substring(0, DIGITS_OF_TIME), HEX)))
                : Optional.empty();
    }

    public String next() {
        return of(clock.millis(), random.nextInt(1 << 12), random.nextLong());
    }

    /// One whose random bits come from elsewhere.
    ///
    /// @param high its lowest 12 bits count
    /// @param low its lowest 62 bits count
    static String of(long millis, int high, long low) {
        long version = 0x7000L | high & 0xFFF;
        return new UUID((millis << 16) | version, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L).toString();
    }
}
