package haricot.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lambda's side of the runtime API, for one execution environment: hands out events, takes answers, and holds a
/// process at `/restore/next` as a snapshot does.
final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";

    private final HttpServer server;
    private final BlockingQueue<Invocation> next = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<String> initError = new CompletableFuture<>();

    /// @param body what the handler wrote
    /// @param nanos from handing the event out to having the whole answer
    record Answer(byte[] body, long nanos) {
        @Override
        public String toString() {
            return new String(body, StandardCharsets.UTF_8);
        }

        double millis() {
            return nanos / 1e6;
        }
    }

    private static final class Invocation {
        private final String id = UUID.randomUUID().toString();
        private final byte[] event;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private long handedOut;

        private Invocation(byte[] event) {
            this.event = event;
        }
    }

    RuntimeApi() throws IOException {
        server = Loopback.server();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(BASE, this::handle);
        server.start();
    }

    /// For `AWS_LAMBDA_RUNTIME_API`.
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Whether the process has asked to be restored, which it does when it is ready for its photograph.
    boolean awaitFrozen(Duration patience) throws InterruptedException {
        return frozen.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether the process has asked for an event.
    boolean awaitReady(Duration patience) throws InterruptedException {
        return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Tells it that it has been restored.
    void release() {
        released.countDown();
    }

    /// Has the process answer an event.
    ///
    /// @throws IOException when it reports an error instead
    Answer invoke(byte[] event) throws IOException, InterruptedException {
        Invocation invocation = new Invocation(event);
        next.add(invocation);
        try {
            return invocation.answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer to an event of " + event.length + " bytes: " + e, e);
        }
    }

    /// What the process reported when it failed to start, if it did.
    Optional<String> initError() {
        return Optional.ofNullable(initError.getNow(null));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String call = exchange.getRequestURI().getPath().substring(BASE.length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            long now = System.nanoTime();
            switch (call) {
                case "restore/next" -> holdBack(exchange);
                case "invocation/next" -> handOut(exchange);
                case "init/error" -> {
                    initError.complete(new String(body, StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(202, -1);
                }
                default -> {
                    take(call.split("/", -1), body, now);
                    exchange.sendResponseHeaders(202, -1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void holdBack(HttpExchange exchange) throws IOException, InterruptedException {
        frozen.countDown();
        released.await();
        exchange.sendResponseHeaders(200, -1);
    }

    private void handOut(HttpExchange exchange) throws IOException, InterruptedException {
        ready.countDown();
        Invocation invocation = next.take();
        running.put(invocation.id, invocation);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id);
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 29_000));
        headers.set("Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:000000000000:function:haricot:live");
        invocation.handedOut = System.nanoTime();
        exchange.sendResponseHeaders(200, invocation.event.length);
        exchange.getResponseBody().write(invocation.event);
    }

    /// @param call `invocation`, an id, and `response` or `error`
    private void take(String[] call, byte[] body, long now) {
        Invocation invocation = running.remove(call[1]);
        if (call[2].equals("response")) {
            invocation.answer.complete(new Answer(body, now - invocation.handedOut));
        } else {
            invocation.answer.completeExceptionally(
                    new IOException("the function reported " + new String(body, StandardCharsets.UTF_8)));
        }
    }
}
