package haricot.local.serve;

import haricot.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Execution environments of the function. As on Lambda each has parts of its own and serves one request at a
/// time; unlike there, their number is fixed and a request waits for one.
final class Environments {
    /// What API Gateway gives a function to answer in.
    static final Duration PATIENCE = Duration.ofSeconds(29);

    private final BlockingQueue<Function> idle;

    /// The function in one of them.
    @FunctionalInterface
    interface Function {
        /// @param event as Lambda is sent it, without its body
        /// @param body beside it: a laptop need not make it base64 and read that back
        Response answer(byte[] event, byte[] body);
    }

    Environments(List<Function> functions) {
        idle = new ArrayBlockingQueue<>(functions.size(), true, functions);
    }

    /// Hands an event and its body to an idle environment.
    ///
    /// @return its answer, empty when none became idle in [#PATIENCE]
    Optional<Response> invoke(byte[] event, byte[] body) throws InterruptedException {
        Function function = idle.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (function == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(function.answer(event, body));
        } finally {
            idle.add(function);
        }
    }
}
