package haricot.local.serve;

import haricot.web.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Bodies on their way in. Memory is lent by what has arrived of each, not by the body: slow ones hold next to nothing,
/// and keep nobody waiting.
final class Uploads {
    private static final int BLOCK = 1 << 16;
    /// 96 MB: sixteen of the largest at once, which is what the launcher's heap has room for beside the models.
    private static final int BLOCKS = 1_536;
    private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(10);
    /// Below what the worst mobile network gives, and a hundred times what somebody sends who only wants to stay.
    private static final long BYTES_PER_SECOND = 2_000;
    private static final Duration GRACE = Duration.ofSeconds(5);
    /// Of a body that is refused so much is read and thrown away: a client that is still sending would otherwise see its
    /// connection reset, and never the refusal.
    private static final long DRAINED = 32L << 20;

    private final Semaphore room = new Semaphore(BLOCKS);

    /// The body came more slowly than anybody's who means it.
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1;

        TooSlow() {
            super("the body arrived too slowly");
        }
    }

    /// There are too many bodies at once.
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1;

        NoRoom() {
            super("no room for another body");
        }
    }

    Upload of(Request request) {
        return new Upload(Content.Source.asInputStream(request));
    }

    /// One body.
    final class Upload implements AutoCloseable {
        private final InputStream in;
        private final long start = System.nanoTime();
        private final byte[] buffer = new byte[8192];
        private long arrived;
        private int lent;

        private Upload(InputStream in) {
            this.in = in;
        }

        /// All of it, but at most one byte more than can fit: the rest of a larger body is never held.
        ///
        /// @throws TooSlow if it trickles
        /// @throws NoRoom if memory is short for longer than a caller should wait
        byte[] read() throws IOException, InterruptedException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (body.size() <= Limits.EVENT_BYTES) {
                int length = next();
                if (length < 0) {
                    return body.toByteArray();
                }
                borrow(body.size() + length);
                body.write(buffer, 0, Math.min(length, Limits.EVENT_BYTES + 1 - body.size()));
            }
            return body.toByteArray();
        }

        private void borrow(int bytes) throws IOException, InterruptedException {
            int needed = (bytes + BLOCK - 1) / BLOCK;
            if (needed > lent && !room.tryAcquire(needed - lent, WAIT_FOR_ROOM.toSeconds(), TimeUnit.SECONDS)) {
                throw new NoRoom();
            }
            lent = Math.max(lent, needed);
        }

        private int next() throws IOException {
            int length = in.read(buffer);
            arrived += Math.max(0, length);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (length >= 0 && took.compareTo(GRACE) > 0 && arrived < took.toSeconds() * BYTES_PER_SECOND) {
                throw new TooSlow();
            }
            return length;
        }

        /// Gives the memory back, and throws the rest away.
        @Override
        public void close() {
            room.release(lent);
            lent = 0;
            try {
                while (arrived < DRAINED && next() >= 0) {
                    // Nobody wants it.
                }
            } catch (IOException e) {
                // The answer is what is left to do.
            }
        }
    }
}
