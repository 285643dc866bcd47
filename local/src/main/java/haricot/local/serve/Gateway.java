package haricot.local.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.web.Code;
import haricot.web.Limits;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/// What is in front of the function on a laptop: HTTP on the loopback interface in, a REST API's event to the
/// handler, its answer back. It refuses what API Gateway and Lambda would refuse.
public final class Gateway implements AutoCloseable {
    /// Events held at a time. Each costs up to 25 MB with its picture, so that more would not fit beside the models in
    /// the launcher's heap. A body waits here that has arrived whole, so that no slow sender holds a place.
    private static final int EVENTS = 16;
    private static final String TOO_LARGE = "The request is larger than the function can take. " + Limits.IN_WORDS;
    private static final String TOO_MANY = "Too many requests at once: send them again in a while.";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// How a gateway is configured.
    ///
    /// @param port 0 for any free one
    /// @param stage before every path, such as `Prod`; empty for none, as behind a domain of one's own
    /// @param apiKey asked for at `POST /v1/classify` and `/v1/claims`; empty for none
    public record Options(int port, String stage, String apiKey) {}

    private final Options options;
    private final AtomicReference<Optional<Environments>> environments = new AtomicReference<>(Optional.empty());
    private final PrintStream log;
    private final Clock clock = Clock.systemUTC();
    private final HttpFront front;
    private final Semaphore events = new Semaphore(EVENTS, true);

    /// Starts listening. Until [#open] it answers that the model is being loaded.
    ///
    /// @throws IOException with the port in its message when another program has it
    Gateway(Options options, PrintStream log) throws IOException {
        this.options = options;
        this.log = log;
        try {
            front = new HttpFront(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()),
                    this::answer, log);
        } catch (BindException e) {
            throw new IOException("port " + options.port() + " is taken: choose another with --port", e);
        }
        front.start();
    }

    /// Lets requests through to these.
    void open(Environments ready) {
        environments.set(Optional.of(ready));
    }

    /// Its address, ending in a slash.
    public URI address() {
        String stage = options.stage().isEmpty() ? "" : options.stage() + "/";
        return URI.create("http://127.0.0.1:" + front.port() + "/" + stage);
    }

    /// Stops listening, and gives requests under way two seconds.
    @Override
    public void close() {
        front.close();
    }

    private GatewayResponse answer(HttpFront.Call call) throws IOException, InterruptedException {
        Optional<String> path = path(call);
        if (path.isEmpty()) {
            return refused(GatewayResponse.gateway(403, "Missing Authentication Token"), call.requestId(), log);
        }
        if (lacksKey(call, path.get())) {
            return refused(Code.API_KEY, "This API asks for a key: send it in the header x-api-key.", call.requestId());
        }
        Optional<Environments> ready = environments.get();
        if (ready.isEmpty()) {
            return refused(Code.NOT_READY, "The model is still loading. Try again in a few seconds.", call.requestId());
        }
        byte[] body;
        try {
            body = call.upload().read();
        } catch (Uploads.NoRoom e) {
            return refused(Code.THROTTLED, TOO_MANY, call.requestId());
        }
        GatewayEvent event = new GatewayEvent(call.requestId(), clock.instant(), call.method(),
                options.stage().isEmpty() ? "local" : options.stage(), path.get(), call.query(), call.headers(), body);
        if (body.length > Limits.EVENT_BYTES) {
            return refused(Code.TOO_LARGE, TOO_LARGE, call.requestId());
        }
        return body.length == 0 ? invoke(event, ready.get()) : invokeInTurn(event, ready.get());
    }

    private GatewayResponse invokeInTurn(GatewayEvent event, Environments ready)
            throws IOException, InterruptedException {
        events.acquire();
        try {
            return invoke(event, ready);
        } finally {
            events.release();
        }
    }

    /// The path after the stage, empty outside it.
    private Optional<String> path(HttpFront.Call call) {
        String path = call.path();
        String stage = options.stage().isEmpty() ? "" : "/" + options.stage();
        if (path.equals(stage)) {
            return Optional.of("/");
        }
        return path.startsWith(stage + "/") ? Optional.of(path.substring(stage.length())) : Optional.empty();
    }

    private boolean lacksKey(HttpFront.Call call, String path) {
        return !options.apiKey().isEmpty() && GatewayEvent.keyed(call.method(), path)
                && !call.headers().getOrDefault("x-api-key", List.of("")).getFirst().equals(options.apiKey());
    }

    private GatewayResponse invoke(GatewayEvent event, Environments ready) throws IOException, InterruptedException {
        byte[] json = event.json();
        if (json.length > Limits.EVENT_BYTES) {
            return refused(Code.TOO_LARGE, TOO_LARGE, event.requestId());
        }
        Optional<byte[]> answer;
        try {
            answer = ready.invoke(json, event.requestId());
        } catch (RuntimeException | IOException e) {
            e.printStackTrace(log);
            return refused(GatewayResponse.gateway(502, "Internal server error"), event.requestId(), log);
        }
        if (answer.isEmpty()) {
            return refused(Code.THROTTLED, TOO_MANY, event.requestId());
        }
        return GatewayResponse.of(JSON.readTree(answer.get()));
    }

    private GatewayResponse refused(Code code, String detail, String requestId) {
        return refused(GatewayResponse.problem(code, detail, requestId), requestId, log);
    }

    /// The function logs the requests that it sees; this is a line for each of the others.
    static GatewayResponse refused(GatewayResponse answer, String requestId, PrintStream log) {
        log.print("{\"event\":\"refused-by-gateway\",\"time\":\"" + Instant.now() + "\",\"requestId\":\"" + requestId
                + "\",\"status\":" + answer.status() + "}\n");
        return answer;
    }
}
