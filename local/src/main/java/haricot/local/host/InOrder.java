package haricot.local.host;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Results in the order of what they are made from, while later ones are being worked on.
///
/// @param <T> what is worked on
/// @param <R> what comes of it
public final class InOrder<T, R> implements Iterator<R>, AutoCloseable {
    /// How many results may wait for a slow earlier one before no more are asked for.
    private static final int AHEAD = 64;

    private final Iterator<T> items;
    private final Work<T, R> work;
    private final ExecutorService workers;
    private final Queue<Future<R>> asked = new ArrayDeque<>();

    /// What is done with each. Several threads do it at once.
    @FunctionalInterface
    public interface Work<T, R> {
        /// @throws Failure when any other would fail the same way
        R on(T item) throws IOException, InterruptedException;
    }

    /// @param atOnce how many are worked on at a time
    public InOrder(List<T> items, int atOnce, Work<T, R> work) {
        this.items = items.iterator();
        this.work = work;
        this.workers = Executors.newFixedThreadPool(atOnce);
        while (asked.size() < AHEAD && this.items.hasNext()) {
            ask();
        }
    }

    @Override
    public boolean hasNext() {
        return !asked.isEmpty();
    }

    /// @throws Failure when any other would fail the same way
    @Override
    public R next() {
        try {
            R result = asked.remove().get();
            if (items.hasNext()) {
                ask();
            }
            return result;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure
                    ? failure
                    : new IllegalStateException("asking about a picture", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void ask() {
        T item = items.next();
        asked.add(workers.submit(() -> work.on(item)));
    }
}
