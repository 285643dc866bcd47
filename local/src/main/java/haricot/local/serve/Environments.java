package haricot.local.serve;

import haricot.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Execution environments of the function. As on Lambda each has parts of its own and serves one request at a
/// time; unlike there, their number is fixed and a request waits for one.
///
/// They work on threads of the system. A connection's virtual thread would hold its carrier for as long as the native
/// libraries run, and keep it for its caller's next request: of eight callers some waited half a second, while others were
/// answered in 27 ms (two cores, 2026).
final class Environments implements AutoCloseable {
    /// What API Gateway gives a function to answer in.
    static final Duration PATIENCE = Duration.ofSeconds(29);

    private final BlockingQueue<Function> idle;
    private final ExecutorService threads;

    /// The function in one of them.
    @FunctionalInterface
    interface Function {
        /// @param event as Lambda is sent it, without its body
        /// @param body beside it: a laptop need not make it base64 and read that back
        Response answer(byte[] event, byte[] body);
    }

    Environments(List<Function> functions) {
        idle = new ArrayBlockingQueue<>(functions.size(), true, functions);
        threads = Executors.newFixedThreadPool(functions.size(),
                Thread.ofPlatform().name("environment-", 1).daemon().factory());
    }

    /// Hands an event and its body to an idle environment; who waits longest is served first.
    ///
    /// @return its answer, empty when none became idle in [#PATIENCE]
    Optional<Response> invoke(byte[] event, byte[] body) throws InterruptedException {
        Function function = idle.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (function == null) {
            return Optional.empty();
        }
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> answer(function, event, body),
                threads);
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new CompletionException(e.getCause());
        }
    }

    /// Idle again before its answer leaves, whether or not anybody still waits for that.
    private Response answer(Function function, byte[] event, byte[] body) {
        try {
            return function.answer(event, body);
        } finally {
            idle.add(function);
        }
    }

    /// Takes no more; requests under way are finished.
    @Override
    public void close() {
        threads.shutdown();
    }
}
