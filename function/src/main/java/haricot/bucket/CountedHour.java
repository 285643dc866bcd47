package haricot.bucket;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// What one environment has counted in the hour that it is in, and how much of it is in the bucket.
///
/// @param lastFlag how many events there were at the last one that left a flag
/// @param attempted how many were in the last write that was tried
/// @param written how many were in the last write that succeeded
/// @param attempt when that write was tried
record CountedHour(Instant start, String environment, Tally tally, long lastFlag, long attempted, long written,
        Instant attempt) {
    /// Each of these first ones is written, so that a quiet field, or a person who tries it out, sees every answer.
    private static final int FIRST = 20;
    /// From ten requests a second on, one request in a hundred writes; beyond it a tally write would cost more than it
    /// tells.
    private static final int AT_MOST_UNWRITTEN = 100;
    private static final Duration AT_MOST_UNWRITTEN_FOR = Duration.ofSeconds(10);

    static CountedHour starting(Instant start, String environment, Tally nothing) {
        return new CountedHour(start, environment, nothing, 0, 0, 0, Instant.MIN);
    }

    String key() {
        return Keys.tally(start, environment);
    }

    boolean unwritten() {
        return tally.events() > written;
    }

    boolean due(Instant time) {
        return tally.events() <= FIRST || lastFlag > attempted || tally.events() - attempted >= AT_MOST_UNWRITTEN
                || !time.isBefore(attempt.plus(AT_MOST_UNWRITTEN_FOR)) || time.isBefore(attempt);
    }

    CountedHour plus(UnaryOperator<Tally> event, boolean leavesFlag) {
        Tally more = event.apply(tally);
        return new CountedHour(start, environment, more, leavesFlag ? more.events() : lastFlag, attempted, written,
                attempt);
    }

    /// The same counts, corrected.
    CountedHour with(Tally corrected) {
        return new CountedHour(start, environment, corrected, lastFlag, attempted, written, attempt);
    }

    /// An attempt counts whether or not it succeeds: while S3 refuses, not every request should wait for it.
    CountedHour attempted(Instant time) {
        return new CountedHour(start, environment, tally, lastFlag, tally.events(), written, time);
    }

    CountedHour written(long events) {
        return new CountedHour(start, environment, tally, lastFlag, attempted, events, attempt);
    }
}
