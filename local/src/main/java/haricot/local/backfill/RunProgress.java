package haricot.local.backfill;

import haricot.local.host.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// How far a run is: one line on a terminal, and elsewhere a line now and then.
final class RunProgress {
    private static final String WIPE = "\r\033[K";
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final PrintWriter out;
    private final double perChunk;
    private final long start = System.nanoTime();
    private long printed = start - PAUSE.toNanos();
    private long before = -1;

    /// @param perChunk pictures of a chunk, on average
    RunProgress(PrintWriter out, double perChunk) {
        this.out = out;
        this.perChunk = perChunk;
    }

    void show(MapRun.State state) {
        long now = System.nanoTime();
        if (!Terminal.out() && now - printed < PAUSE.toNanos() && !state.over()) {
            return;
        }
        printed = now;
        before = before < 0 ? state.done() + state.failed() : before;
        long ended = state.done() + state.failed();
        double seconds = (now - start) / 1e9;
        double rate = (ended - before) / seconds;
        String left = rate > 0 && !state.over()
                ? ", " + BackfillCost.time((state.chunks() - ended) / rate) + " left"
                : "";
        out.printf(Locale.ENGLISH, "%s%,d of %,d chunks done, %,d failed, %,.0f pictures/s%s",
                Terminal.out() ? WIPE : "",
                state.done(), state.chunks(), state.failed(), rate * perChunk, left);
        if (!Terminal.out() || state.over()) {
            out.println();
        }
        out.flush();
    }
}
