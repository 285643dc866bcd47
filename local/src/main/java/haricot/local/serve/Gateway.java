package haricot.local.serve;

import haricot.web.Code;
import haricot.web.Limits;
import haricot.web.Response;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/// What is in front of the function on a laptop: HTTP in, by itself on the loopback interface alone, a REST API's event
/// to the handler, its answer back. It refuses what API Gateway and Lambda would refuse.
public final class Gateway implements AutoCloseable {
    /// Events held at a time. Each costs up to 25 MB with its picture, so that more would not fit beside the models in
    /// the launcher's heap. A body waits here that has arrived whole, so that no slow sender holds a place.
    private static final int EVENTS = 16;
    private static final String TOO_LARGE = "The request is larger than the function can take. " + Limits.IN_WORDS;
    private static final String TOO_MANY = "Too many requests at once: send them again in a while.";

    /// How a gateway is configured.
    ///
    /// @param port 0 for any free one
    /// @param stage before every path, such as `Prod`; empty for none, as behind a domain of one's own
    /// @param apiKey asked for at `POST /v1/classify` and `/v1/claims`; empty for none
    /// @param reach who may come; from outside this computer every POST needs the key
    public record Options(int port, String stage, String apiKey, Reach reach) {
        /// For this computer alone.
        public Options(int port, String stage, String apiKey) {
            this(port, stage, apiKey, Reach.LOOPBACK);
        }
    }

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
            front = new HttpFront(new InetSocketAddress(options.reach().address(), options.port()), this::answer,
                    log);
        } catch (BindException e) {
            String address = options.reach().address().getHostAddress();
            throw new IOException(String.valueOf(e.getMessage()).contains("assign")
                    ? address + " is no address of this computer: --host alone finds one"
                    : "port " + options.port() + " is taken: choose another with --port", e);
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
        return URI.create("http://" + options.reach().literal() + ":" + front.port() + "/" + stage);
    }

    /// Stops listening, and gives requests under way two seconds.
    @Override
    public void close() {
        front.close();
        environments.get().ifPresent(Environments::close);
    }

    private GatewayResponse answer(HttpFront.Call call) throws IOException, InterruptedException {
        List<String> hosts = call.headers().getOrDefault("Host", List.of());
        if (!hosts.stream().allMatch(host -> options.reach().knows(host, front.port()))) {
            return GatewayResponse.gateway(403, "This is not the host that was asked for.").logged(call.requestId(),
                    log);
        }
        Optional<String> path = path(call);
        if (path.isEmpty()) {
            return GatewayResponse.gateway(403, "Missing Authentication Token").logged(call.requestId(), log);
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
        boolean asked = options.reach().open() && call.method().equals("POST")
                || !options.apiKey().isEmpty() && GatewayEvent.keyed(call.method(), path);
        return asked && !call.headers().getOrDefault("x-api-key", List.of("")).getFirst().equals(options.apiKey());
    }

    private GatewayResponse invoke(GatewayEvent event, Environments ready) throws IOException, InterruptedException {
        byte[] json = event.json();
        if (json.length + event.bodyLength() > Limits.EVENT_BYTES) {
            return refused(Code.TOO_LARGE, TOO_LARGE, event.requestId());
        }
        Optional<Response> answer;
        try {
            answer = ready.invoke(json, event.body());
        } catch (RuntimeException e) {
            e.printStackTrace(log);
            return GatewayResponse.gateway(502, "Internal server error").logged(event.requestId(), log);
        }
        if (answer.isEmpty()) {
            return refused(Code.THROTTLED, TOO_MANY, event.requestId());
        }
        return GatewayResponse.of(answer.get());
    }

    private GatewayResponse refused(Code code, String detail, String requestId) {
        return GatewayResponse.problem(code, detail, requestId).logged(requestId, log);
    }
}
