package haricot.local.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands between the browser and a laptop: it keeps what was sent, can make classifications wait, and gives
/// answers that a laptop gives only to a certain model or on a bad day. All else is the laptop's.
final class Front implements AutoCloseable {
    private static final List<String> OURS = List.of("connection", "content-length", "date", "host",
            "transfer-encoding",
            "upgrade", "expect");

    private final URI laptop;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Queue<Scripted> script = new ConcurrentLinkedQueue<>();
    private final Map<String, String> read = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /// A request as it left the browser.
    ///
    /// @param headers one value each, by lower-case name
    record Sent(String method, String path, Map<String, String> headers, byte[] body) {}

    /// An answer in the laptop's place.
    record Scripted(int status, Map<String, String> headers, String body) {}

    Front(URI laptop) throws IOException {
        this.laptop = laptop;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The classifications that were asked for so far.
    List<Sent> posts() {
        return sent.stream().filter(request -> request.method().equals("POST")).toList();
    }

    List<Sent> all() {
        return List.copyOf(sent);
    }

    /// Answers the next classification in the laptop's place.
    void next(int status, Map<String, String> headers, String body) {
        script.add(new Scripted(status, headers, body));
    }

    /// Answers every GET of a path with this JSON in the laptop's place.
    void reads(String path, String json) {
        read.put(path, json);
    }

    /// Makes classifications wait until [#release()].
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    void reset() {
        release();
        script.clear();
        read.clear();
        sent.clear();
    }

    @Override
    public void close() {
        reset();
        server.stop(0);
        threads.close();
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Sent request = read(exchange);
            sent.add(request);
            Optional<Scripted> scripted = Optional.empty();
            if (request.method().equals("POST")) {
                gate.await();
                scripted = Optional.ofNullable(script.poll());
            } else if (read.containsKey(request.path())) {
                scripted = Optional.of(new Scripted(200, Map.of("Content-Type", "application/json"),
                        read.get(request.path())));
            }
            if (scripted.isPresent()) {
                scripted.get().headers().forEach(exchange.getResponseHeaders()::set);
                write(exchange, scripted.get().status(), scripted.get().body().getBytes(StandardCharsets.UTF_8));
            } else {
                forward(exchange, request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Sent read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT),
                String.join(", ", values)));
        return new Sent(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                exchange.getRequestBody().readAllBytes());
    }

    private void forward(HttpExchange exchange, Sent request) throws IOException, InterruptedException {
        HttpRequest.Builder there = HttpRequest.newBuilder(laptop.resolve(request.path())).method(request.method(),
                HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OURS.contains(name)) {
                there.header(name, value);
            }
        });
        HttpResponse<byte[]> answer = client.send(there.build(), HttpResponse.BodyHandlers.ofByteArray());
        answer.headers().map().forEach((name, values) -> {
            if (!OURS.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        write(exchange, answer.statusCode(), answer.body());
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
