package haricot;

import haricot.DrawnRequests.Drawn;
import haricot.api.Invocation;
import haricot.api.Log;
import haricot.api.Routes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;

/// Runs drawn requests through the whole path before the first caller's, so that the code of every form and format is
/// loaded and compiled by then. It leaves no flag, no count and no line in the log: its parts are new ones over
/// the same model, and their writes are real ones that S3 refuses. What happens between a restore and the
/// first request is rehearsed as well.
public final class Rehearsal {
    /// An earlier round may fail to get quicker by chance. Eight was taken by judgement; how many more or fewer would
    /// do was not measured; each costs every deployment a round.
    private static final int LEAST_ROUNDS = 8;
    /// A round that is not this much quicker than the best before it means that the compiler has done its work.
    private static final double QUICKER = 0.95;
    /// How long a deployment may wait, whatever the machine.
    private static final Duration MOST = Duration.ofSeconds(60);

    private final RefusedWrites writes;
    private final String bucket;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Routes routes;
    private final List<Drawn> requests = DrawnRequests.all();
    private final Runnable restore;

    /// The outcome.
    ///
    /// @param settled whether rounds had stopped getting quicker
    /// @param median of the last round's requests
    public record Outcome(int requests, boolean settled, Duration took, Duration median) {}

    /// @param restore does what is done after a restore
    Rehearsal(Wiring wiring, S3Client s3, RandomGenerator random, Runnable restore) {
        this.restore = restore;
        this.writes = new RefusedWrites(s3);
        this.bucket = wiring.settings().bucket();
        Log log = new Log(new PrintStream(lines, false, StandardCharsets.UTF_8), wiring.clock());
        this.routes = wiring.rehearsing(writes, random, log);
    }

    /// One request, for a start that a caller is waiting for.
    ///
    /// @throws BadSetting when S3 says that the function may not write
    static void once(Wiring wiring, S3Client s3, RandomGenerator random) {
        Rehearsal rehearsal = new Rehearsal(wiring, s3, random, () -> {
        });
        rehearsal.run(rehearsal.requests.getFirst());
    }

    /// All of them again and again, until they get no quicker.
    ///
    /// @throws BadSetting when S3 says that the function may not write
    Outcome untilSettled() {
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        int rounds = 0;
        while (true) {
            long[] nanos = round();
            rounds++;
            long sum = Arrays.stream(nanos).sum();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            boolean settled = rounds >= LEAST_ROUNDS && sum > QUICKER * best;
            if (settled || took.compareTo(MOST) > 0) {
                Arrays.sort(nanos);
                return new Outcome(rounds * nanos.length, settled, took, Duration.ofNanos(nanos[nanos.length / 2]));
            }
            best = Math.min(best, sum);
        }
    }

    private long[] round() {
        long[] nanos = new long[requests.size()];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            run(requests.get(i));
            nanos[i] = System.nanoTime() - begin;
        }
        restore.run();
        return nanos;
    }

    /// A wrong answer to a request fails the start: callers would get the same one.
    private void run(Drawn request) {
        lines.reset();
        String answer = new String(routes.answerEvent(request.event(), Invocation.NONE), StandardCharsets.UTF_8);
        writes.denied().ifPresent(denied -> {
            throw new BadSetting("BUCKET", bucket,
                    "a bucket that this function may write flags and tallies to (" + denied.getMessage() + ")");
        });
        if (!answer.startsWith("{\"statusCode\":" + request.status() + ",")) {
            throw new IllegalStateException("rehearsing " + request.name() + ": expected status " + request.status()
                    + ", was " + answer + " " + lines.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
