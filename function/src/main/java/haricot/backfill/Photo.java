package haricot.backfill;

import java.util.Optional;

/// What lies under a key of the plan.
public sealed interface Photo {
    /// 64 MiB: no photograph is larger, and a film would not fit into memory.
    long MOST_BYTES = 64L << 20;

    /// A file to judge, whatever it is.
    record Bytes(byte[] bytes) implements Photo {}

    /// Nothing to judge.
    ///
    /// @param detail for a person
    record Missing(Obstacle why, String detail) implements Photo {}

    /// What is known from the size alone not to be worth reading.
    static Optional<Photo> unread(long bytes) {
        if (bytes == 0) {
            return Optional.of(new Missing(Obstacle.EMPTY_BODY, "It is empty: 0 bytes."));
        }
        return bytes <= MOST_BYTES
                ? Optional.empty()
                : Optional.of(new Missing(Obstacle.TOO_LARGE,
                        "It has " + bytes + " bytes, and no photograph has more than " + MOST_BYTES + "."));
    }
}
