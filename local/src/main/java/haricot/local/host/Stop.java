package haricot.local.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/// What happens on Ctrl-C, or when the system asks the program to end: what is open is closed, and the person is told.
public final class Stop {
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();
    private static final AtomicBoolean FINISHED = new AtomicBoolean();

    private Stop() {}

    /// Called once, by the program's start: tests run commands without it.
    public static void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(Stop::end));
    }

    /// To be done before the program ends, what came last first.
    public static void first(Runnable close) {
        synchronized (OPEN) {
            OPEN.push(close);
        }
    }

    /// The command came to its end by itself.
    public static void finished() {
        FINISHED.set(true);
    }

    private static void end() {
        synchronized (OPEN) {
            OPEN.forEach(Runnable::run);
        }
        if (!FINISHED.get()) {
            System.out.println("Stopped.");
        }
    }
}
