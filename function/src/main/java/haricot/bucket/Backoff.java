package haricot.bucket;

import java.time.Duration;
import java.time.Instant;

/// When to ask S3 again after it refused: after a second, and twice as long after each further refusal.
///
/// Not safe for use by several threads: its owner holds a lock.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /// By judgement: an outage that ends is noticed a minute later at most, and one that lasts costs sixty attempts an
    /// hour.
    private static final Duration MOST = Duration.ofMinutes(1);

    private Duration pause = Duration.ZERO;
    private Instant since = Instant.MIN;

    /// Whether the last attempt failed.
    boolean on() {
        return !pause.isZero();
    }

    /// Whether it is time for the next attempt. A clock that went back ends the pause: nobody knows how far it went.
    boolean over(Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(pause));
    }

    void failed(Instant now) {
        since = now;
        pause = pause.isZero() ? FIRST : pause.multipliedBy(2);
        pause = pause.compareTo(MOST) > 0 ? MOST : pause;
    }

    void succeeded() {
        pause = Duration.ZERO;
    }
}
