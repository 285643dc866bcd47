package haricot.local.serve;

import haricot.web.Request;
import haricot.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Execution environments of the function. As on Lambda each has parts of its own and serves one request at a time;
/// unlike there, their number is fixed and a request waits for one.
final class Environments {
    /// What API Gateway gives a function to answer in.
    static final Duration PATIENCE = Duration.ofSeconds(29);

    private final BlockingQueue<Function<Request, Response>> idle;

    /// @param functions of which each answers one request at a time
    Environments(List<Function<Request, Response>> functions) {
        idle = new ArrayBlockingQueue<>(functions.size(), true, functions);
    }

    /// Hands a request to an idle environment.
    ///
    /// @return its answer, empty when none became idle in [#PATIENCE]
    Optional<Response> invoke(Request request) throws InterruptedException {
        Function<Request, Response> function = idle.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (function == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(function.apply(request));
        } finally {
            idle.add(function);
        }
    }
}
