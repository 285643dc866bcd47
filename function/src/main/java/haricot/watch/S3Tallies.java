package haricot.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Counts what this execution environment answers, and puts the counts of each hour
/// into the bucket as one object that is overwritten whole: writing it twice counts
/// once.
///
/// A request counts ([#answered], [#refused]), asks [#due], and if so runs [#write]
/// beside the write of its flag, before its answer leaves. There is no timer: one
/// does not run in a frozen environment, and Lambda ends an environment without
/// notice. What can be lost is what came after the last write: fewer than a hundred
/// answers, none of them flagged, of less than ten seconds of traffic and the pause
/// after it.
///
/// Safe for use by several threads: on a laptop many requests run at once.
public final class S3Tallies {
    /// With each of these first ones of an hour, so that a quiet field, and a person
    /// who tries it out, sees every answer.
    private static final int FIRST = 20;
    /// From ten requests a second on, one request in a hundred writes; beyond it a tally
    /// write would cost more than it tells.
    private static final int AT_MOST_UNWRITTEN = 100;
    private static final Duration AT_MOST_UNWRITTEN_FOR = Duration.ofSeconds(10);

    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("'dt='yyyy-MM-dd'/hh='HH")
            .withZone(ZoneOffset.UTC);

    private final S3Client s3;
    private final String bucket;
    private final Tally nothing;
    private final Clock clock;
    private final Supplier<String> environments;

    /// Held while S3 is written to, so that an older state never overwrites a newer one.
    private final ReentrantLock writing = new ReentrantLock();
    /// Held for moments, around all that follows.
    private final ReentrantLock counting = new ReentrantLock();
    private final Deque<Finished> finished = new ArrayDeque<>();
    private Hour now;

    /// A tally that no more will be added to, and that has not been written yet.
    private record Finished(String key, Tally tally) {}

    /// What one write takes along.
    private record Attempt(List<Finished> finished, Hour current) {}

    /// The hour that is being counted.
    ///
    /// @param lastFlag how many events there were at the last one that left a flag
    /// @param attempted how many were in the last write that was tried
    /// @param written how many were in the last write that came through
    private record Hour(Instant start, String environment, Tally tally, long lastFlag, long attempted, long written,
            Instant attempt) {

        private static Hour starting(Instant start, String environment, Tally nothing) {
            return new Hour(start, environment, nothing, 0, 0, 0, Instant.MIN);
        }

        private String key() {
            return "tallies/" + FOLDER.format(start) + "/" + environment + ".json";
        }

        private boolean unwritten() {
            return tally.events() > written;
        }

        private boolean due(Instant time) {
            long events = tally.events();
            return events <= FIRST || lastFlag > attempted || events - attempted >= AT_MOST_UNWRITTEN
                    || !time.isBefore(attempt.plus(AT_MOST_UNWRITTEN_FOR)) || time.isBefore(attempt);
        }
    }

    /// @param nothing an empty tally of the model that answers
    /// @param environments gives a new id each time it is asked; it is part of a key, so
    ///     no two environments may ever get the same
    public S3Tallies(S3Client s3, String bucket, Tally nothing, Clock clock, Supplier<String> environments) {
        this.s3 = s3;
        this.bucket = bucket;
        this.nothing = nothing;
        this.clock = clock;
        this.environments = environments;
        renew();
    }

    /// Forgets all counts and takes a new id: to be called after a restore, where what
    /// was counted belongs to the environment that was photographed.
    public void renew() {
        counting.lock();
        try {
            finished.clear();
            now = Hour.starting(hour(), environments.get(), nothing);
        } finally {
            counting.unlock();
        }
    }

    /// The id under which this environment's tallies stand.
    public String environment() {
        counting.lock();
        try {
            return now.environment;
        } finally {
            counting.unlock();
        }
    }

    /// Counts one answer.
    public void answered(Answered answer) {
        count(tally -> tally.plus(answer), answer.leavesFlag());
    }

    /// Counts one refused request, or one refused place of a batch.
    ///
    /// @param code of the HTTP contract
    public void refused(String code) {
        count(tally -> tally.plusError(code), false);
    }

    /// Whether this request has to write.
    public boolean due() {
        counting.lock();
        try {
            return (now.unwritten() || !finished.isEmpty()) && now.due(clock.instant());
        } finally {
            counting.unlock();
        }
    }

    /// Writes what has not been written, the last state of earlier hours too. Returns at
    /// once if another thread has written it meanwhile.
    ///
    /// @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses; the
    ///     counts are kept and go out with a later write
    public void write() {
        writing.lock();
        try {
            Attempt attempt = attempt();
            for (Finished old : attempt.finished()) {
                put(old.key(), old.tally());
                written(old);
            }
            if (attempt.current().unwritten()) {
                put(attempt.current().key(), attempt.current().tally());
                written(attempt.current());
            }
        } finally {
            writing.unlock();
        }
    }

    private void count(UnaryOperator<Tally> event, boolean leavesFlag) {
        counting.lock();
        try {
            turn();
            Tally tally = event.apply(now.tally);
            now = new Hour(now.start, now.environment, tally, leavesFlag ? tally.events() : now.lastFlag, now.attempted,
                    now.written, now.attempt);
        } finally {
            counting.unlock();
        }
    }

    /// Begins a new tally when the hour has changed. A clock that went back could reach
    /// an hour whose object is already there: a new id keeps its counts.
    private void turn() {
        Instant hour = hour();
        if (hour.equals(now.start)) {
            return;
        }
        if (now.unwritten()) {
            finished.add(new Finished(now.key(), now.tally));
        }
        now = Hour.starting(hour, hour.isBefore(now.start) ? environments.get() : now.environment, nothing);
    }

    private Attempt attempt() {
        counting.lock();
        try {
            Attempt attempt = new Attempt(List.copyOf(finished), now);
            // A try counts whether or not it succeeds: while S3 refuses, not every request is to wait for it.
            now = new Hour(now.start, now.environment, now.tally, now.lastFlag, now.tally.events(), now.written,
                    clock.instant());
            return attempt;
        } finally {
            counting.unlock();
        }
    }

    private void written(Finished old) {
        counting.lock();
        try {
            finished.remove(old);
        } finally {
            counting.unlock();
        }
    }

    private void written(Hour hour) {
        counting.lock();
        try {
            if (hour.key().equals(now.key())) {
                now = new Hour(now.start, now.environment, now.tally, now.lastFlag, now.attempted,
                        hour.tally.events(), now.attempt);
            }
        } finally {
            counting.unlock();
        }
    }

    private void put(String key, Tally tally) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromBytes(tally.json()));
    }

    private Instant hour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }
}
