package haricot.bucket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Counts what this execution environment answers, and puts the counts of each hour
/// into the bucket as one object that is overwritten whole: writing it twice counts
/// once.
///
/// A request counts ([#answered], [#refused]), asks [#due], and if so runs [#write]
/// beside the write of its flag, before its answer leaves. After a write that failed
/// no answer waits: [#owes] says when to try again, while a request is worked on.
/// There is no timer: one does not run in a frozen environment, and Lambda ends an
/// environment without notice. What can be lost is what came after the last write: fewer than a hundred
/// answers, none of them flagged, of less than ten seconds of traffic and the pause
/// after it.
///
/// Safe for use by several threads: on a laptop many requests run at once.
public final class S3Tallies {
    private final S3Client s3;
    private final String bucket;
    private final Tally nothing;
    private final Clock clock;
    private final Supplier<String> environments;
    private final Consumer<RuntimeException> refused;

    /// Held while S3 is written to, so that an older state never overwrites a newer one.
    private final Object writing = new Object();
    /// Held for moments, around all that follows.
    private final Object counting = new Object();
    private final Deque<Finished> finished = new ArrayDeque<>();
    private final Backoff backoff = new Backoff();
    private CountedHour now;

    /// A tally that nothing more will be added to, and that has not been written yet.
    private record Finished(String key, Tally tally) {}

    /// What one write carries.
    private record Attempt(List<Finished> finished, CountedHour current) {}

    /// @param nothing an empty tally of the model that answers
    /// @param environments gives a new id each time it is asked; it is part of a key, so
    ///     no two environments may ever get the same
    /// @param refused is told each time that S3 refuses a tally
    public S3Tallies(S3Client s3, String bucket, Tally nothing, Clock clock, Supplier<String> environments,
            Consumer<RuntimeException> refused) {
        this.s3 = s3;
        this.bucket = bucket;
        this.nothing = nothing;
        this.clock = clock;
        this.environments = environments;
        this.refused = refused;
        this.now = CountedHour.starting(hour(), environments.get(), nothing);
    }

    /// The id under which this environment's tallies are stored.
    public String environment() {
        synchronized (counting) {
            return now.environment();
        }
    }

    /// Counts one answer.
    public void answered(Observation answer) {
        count(tally -> tally.plus(answer), answer.leavesFlag());
    }

    /// Counts one refused request, or one refused place of a batch.
    ///
    /// @param code of the HTTP contract
    public void refused(String code) {
        count(tally -> tally.plusError(code), false);
    }

    /// The answers that were counted last took longer than was counted: they waited for a write. Their tally may be in
    /// the bucket already; the next write puts it right.
    public void tookLonger(Duration counted, Duration took, int answers) {
        synchronized (counting) {
            for (int i = 0; i < answers; i++) {
                now = now.with(now.tally().tookLonger(counted, took));
            }
        }
    }

    /// Whether this request has to write, and wait for it.
    public boolean due() {
        synchronized (counting) {
            return !backoff.on() && unwritten() && now.due(clock.instant());
        }
    }

    /// Whether the last write failed, and it is time to try again.
    public boolean owes() {
        synchronized (counting) {
            return backoff.on() && unwritten() && backoff.over(clock.instant());
        }
    }

    /// Writes what has not been written, the last state of earlier hours too. Returns at
    /// once if another thread has written it meanwhile. What S3 refuses goes on counting, and
    /// goes out whole with a later write.
    public void write() {
        try {
            synchronized (writing) {
                write(attempt());
            }
            synchronized (counting) {
                backoff.succeeded();
            }
        } catch (SdkException e) {
            synchronized (counting) {
                backoff.failed(clock.instant());
            }
            refused.accept(e);
        }
    }

    private boolean unwritten() {
        return now.unwritten() || !finished.isEmpty();
    }

    private void write(Attempt attempt) {
        for (Finished old : attempt.finished()) {
            put(old.key(), old.tally());
            written(old);
        }
        if (attempt.current().unwritten()) {
            put(attempt.current().key(), attempt.current().tally());
            written(attempt.current());
        }
    }

    private void count(UnaryOperator<Tally> event, boolean leavesFlag) {
        synchronized (counting) {
            turn();
            now = now.plus(event, leavesFlag);
        }
    }

    /// Begins a new tally when the hour has changed. A clock that went back could reach
    /// an hour whose object is already there: a new id keeps its counts.
    private void turn() {
        Instant hour = hour();
        if (hour.equals(now.start())) {
            return;
        }
        if (now.unwritten()) {
            finished.add(new Finished(now.key(), now.tally()));
        }
        now = CountedHour.starting(hour, hour.isBefore(now.start()) ? environments.get() : now.environment(), nothing);
    }

    private Attempt attempt() {
        synchronized (counting) {
            Attempt attempt = new Attempt(List.copyOf(finished), now);
            now = now.attempted(clock.instant());
            return attempt;
        }
    }

    private void written(Finished old) {
        synchronized (counting) {
            finished.remove(old);
        }
    }

    private void written(CountedHour hour) {
        synchronized (counting) {
            if (hour.key().equals(now.key())) {
                now = now.written(hour.tally().events());
            }
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
