package haricot.local.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import haricot.web.Code;
import haricot.web.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// What is in front of the function on a laptop: HTTP on the loopback interface in, a REST API's event to the
/// handler, its answer back. It refuses what API Gateway and Lambda would refuse.
///
/// The JDK's own server will do: it knows as much HTTP as a gateway must, and a laptop has few callers.
public final class Gateway implements AutoCloseable {
    /// Bodies held at a time. Each costs up to 25 MB with its event and its picture, so that more would not fit
    /// beside the models in the launcher's heap; the next waits with its bytes unread.
    private static final int BODIES = 16;
    private static final String TOO_LARGE = "The request is larger than the function can take. " + Limits.IN_WORDS;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Read once by the JDK's server. A caller that sends slowly or nothing must not hold a place for ever, headers
        // end where API Gateway ends them, and a refused body is drained (not kept) up to 32 MB: a client that is still
        // sending would otherwise see its connection reset and never the refusal.
        limit("sun.net.httpserver.maxReqTime", 60);
        limit("sun.net.httpserver.maxReqHeaderSize", 10_240);
        limit("jdk.httpserver.maxConnections", 256);
        limit("sun.net.httpserver.drainAmount", 32L << 20);
    }

    /// How a gateway is configured.
    ///
    /// @param port 0 for any free one
    /// @param stage before every path, such as `Prod`; empty for none, as behind a domain of one's own
    /// @param apiKey asked for at `POST /v1/classify` and `/v1/claims`; empty for none
    public record Options(int port, String stage, String apiKey) {}

    private final Options options;
    private final Environments environments;
    private final PrintStream log;
    private final Clock clock = Clock.systemUTC();
    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore bodies = new Semaphore(BODIES, true);

    /// Starts listening.
    ///
    /// @throws IOException with the port in its message when another program has it
    Gateway(Options options, Environments environments, PrintStream log) throws IOException {
        this.options = options;
        this.environments = environments;
        this.log = log;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 0);
        } catch (BindException e) {
            throw new IOException("port " + options.port() + " is taken: choose another with --port", e);
        }
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Its address, ending in a slash.
    public URI address() {
        String stage = options.stage().isEmpty() ? "" : options.stage() + "/";
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + stage);
    }

    /// Stops listening, and gives requests under way two seconds.
    @Override
    public void close() {
        server.stop(2);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String requestId = UUID.randomUUID().toString();
            send(exchange, requestId, answer(exchange, requestId));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private GatewayResponse answer(HttpExchange exchange, String requestId) throws IOException, InterruptedException {
        Optional<String> path = path(exchange);
        if (path.isEmpty()) {
            return refused(GatewayResponse.gateway(403, "Missing Authentication Token"), requestId);
        }
        if (lacksKey(exchange, path.get())) {
            return refused(Code.API_KEY, "This API asks for a key: send it in the header x-api-key.", requestId);
        }
        bodies.acquire();
        try {
            byte[] body = body(exchange);
            GatewayEvent event = new GatewayEvent(requestId, clock.instant(), exchange.getRequestMethod(),
                    options.stage().isEmpty() ? "local" : options.stage(), path.get(), query(exchange),
                    exchange.getRequestHeaders(), body);
            return body.length > Limits.EVENT_BYTES
                    ? refused(Code.TOO_LARGE, TOO_LARGE, requestId)
                    : invoke(event);
        } finally {
            bodies.release();
        }
    }

    /// The path after the stage, empty outside it.
    private Optional<String> path(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        String stage = options.stage().isEmpty() ? "" : "/" + options.stage();
        if (path.equals(stage)) {
            return Optional.of("/");
        }
        return path.startsWith(stage + "/") ? Optional.of(path.substring(stage.length())) : Optional.empty();
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    private boolean lacksKey(HttpExchange exchange, String path) {
        return !options.apiKey().isEmpty() && GatewayEvent.keyed(exchange.getRequestMethod(), path)
                && !options.apiKey().equals(exchange.getRequestHeaders().getFirst("x-api-key"));
    }

    /// At most one byte more than can fit: the rest of a larger body is never held.
    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        return in.readNBytes(Limits.EVENT_BYTES + 1);
    }

    private GatewayResponse invoke(GatewayEvent event) throws IOException, InterruptedException {
        byte[] json = event.json();
        if (json.length > Limits.EVENT_BYTES) {
            return refused(Code.TOO_LARGE, TOO_LARGE, event.requestId());
        }
        Optional<byte[]> answer;
        try {
            answer = environments.invoke(json, event.requestId());
        } catch (RuntimeException | IOException e) {
            e.printStackTrace(log);
            return refused(GatewayResponse.gateway(502, "Internal server error"), event.requestId());
        }
        if (answer.isEmpty()) {
            return refused(Code.THROTTLED, "Too many requests at once: send them again in a while.", event.requestId());
        }
        return GatewayResponse.of(JSON.readTree(answer.get()));
    }

    private GatewayResponse refused(Code code, String detail, String requestId) {
        return refused(GatewayResponse.problem(code, detail, requestId), requestId);
    }

    /// The function logs the requests that it sees; this is a line for each of the others.
    private GatewayResponse refused(GatewayResponse answer, String requestId) {
        log.print("{\"event\":\"refused-by-gateway\",\"time\":\"" + clock.instant() + "\",\"requestId\":\"" + requestId
                + "\",\"status\":" + answer.status() + "}\n");
        return answer;
    }

    private static void send(HttpExchange exchange, String requestId, GatewayResponse answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        boolean bodiless = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    private static void limit(String property, long value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Long.toString(value));
        }
    }
}
