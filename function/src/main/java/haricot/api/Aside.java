package haricot.api;

import java.time.Duration;
import java.util.List;

/// Work beside a request. It runs on virtual threads, which stop waiting for a socket when they are interrupted.
///
/// Nothing of it runs on after [#close]: Lambda would freeze it with its connection open, and thaw it with the
/// connection gone.
final class Aside implements AutoCloseable {
    /// Work that was told to stop does so within a millisecond, unless it waits for a name to resolve. Nobody waits for
    /// that: what it writes late, it would have written anyway.
    private static final Duration STOP = Duration.ofMillis(50);

    private final List<Thread> threads;

    private Aside(List<Thread> threads) {
        this.threads = threads;
    }

    static Aside start(List<Runnable> work) {
        return new Aside(work.stream().map(Thread::startVirtualThread).toList());
    }

    /// Lets it end by itself, for so long at most.
    void await(Duration most) {
        join(most);
    }

    /// Stops what has not ended.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        join(STOP);
    }

    private void join(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
