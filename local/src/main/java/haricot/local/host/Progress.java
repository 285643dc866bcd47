package haricot.local.host;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A bar at the end of the terminal while work goes on; nothing at all elsewhere.
public final class Progress {
    private static final int WIDTH = 30;
    private static final String WIPE = "\r\033[K";
    /// Faster than this it would only flicker.
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final PrintWriter out;
    private final boolean shown;
    private final int total;
    private final long start = System.nanoTime();
    private long last = start;
    private boolean drawn;

    /// @param shown whether `out` is a terminal
    /// @param total steps until the end
    public Progress(PrintWriter out, boolean shown, int total) {
        this.out = out;
        this.shown = shown;
        this.total = total;
    }

    /// Makes room for a line of output.
    public void clear() {
        if (drawn) {
            out.print(WIPE);
            out.flush();
            drawn = false;
        }
    }

    /// Draws the bar, unless it was drawn just now.
    public void show(int done) {
        long now = System.nanoTime();
        if (!shown || now - last < PAUSE) {
            return;
        }
        last = now;
        int filled = (int) ((long) WIDTH * done / total);
        long left = (now - start) / Math.max(1, done) * (total - done);
        out.printf(Locale.ROOT, "%s[%s%s] %,d of %,d, %s left", WIPE, "#".repeat(filled), ".".repeat(WIDTH - filled),
                done,
                total, words(TimeUnit.NANOSECONDS.toSeconds(left)));
        out.flush();
        drawn = true;
    }

    private static String words(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min";
    }
}
