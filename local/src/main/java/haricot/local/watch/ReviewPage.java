package haricot.local.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import haricot.bucket.Claim;
import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
import haricot.bucket.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// A page on the loopback interface on which a person goes through flagged pictures with one key per label.
///
/// Its address holds a secret: any page in the person's browser can send requests to this computer, and must not be able
/// to look at the pictures or to say what they show.
final class ReviewPage implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_BODY = 10_000;
    private static final int LONGEST_NOTE = 500;

    private final S3Reviews reviews;
    private final FlagPictures pictures;
    private final Map<String, StoredFlag> waiting = new LinkedHashMap<>();
    private final Map<String, List<Claim>> claims;
    /// The keys of what was said through this page, by flag: what can be taken back.
    private final Map<String, Deque<String>> said = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch done = new CountDownLatch(1);
    private final String secret;

    /// Starts on a free port.
    ///
    /// @param waiting in the order in which they are shown
    /// @param claims of callers, by the answer's id
    ReviewPage(S3Reviews reviews, FlagPictures pictures, List<StoredFlag> waiting, Map<String, List<Claim>> claims)
            throws IOException {
        this.reviews = reviews;
        this.pictures = pictures;
        this.claims = claims;
        waiting.forEach(flag -> this.waiting.put(flag.id(), flag));
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        secret = HexFormat.of().formatHex(random);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/" + secret + "/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + secret + "/");
    }

    /// Returns when all of them have been gone through, or when the thread is interrupted.
    void awaitDone() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(secret.length() + 2);
        try (exchange) {
            if (!isOurs(exchange)) {
                send(exchange, 403, "text/plain", new byte[0]);
                return;
            }
            switch (exchange.getRequestMethod() + " " + path.replaceAll("/.*", "")) {
                case "GET " -> send(exchange, 200, "text/html; charset=utf-8", page());
                case "GET waiting" -> send(exchange, 200, "application/json", JSON.writeValueAsBytes(list()));
                case "GET picture" -> picture(exchange, path.substring(path.indexOf('/') + 1));
                case "POST review" -> posted(exchange, this::review);
                case "POST undo" -> posted(exchange, this::undo);
                default -> send(exchange, 404, "text/plain", new byte[0]);
            }
        }
    }

    /// Whether it was asked for by its own name, and by its own page if by any. A page of elsewhere can have its name
    /// lead here (DNS rebinding), and can send here, but it can neither name another host nor hide where it came from.
    private boolean isOurs(HttpExchange exchange) {
        int port = server.getAddress().getPort();
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        return List.of("127.0.0.1:" + port, "localhost:" + port).contains(host)
                && (origin == null || origin.equals("http://" + host));
    }

    /// The flags, and the claims about answers that left none.
    private ObjectNode list() {
        ObjectNode list = JSON.createObjectNode();
        ArrayNode flags = list.putArray("flags");
        for (StoredFlag flag : waiting.values()) {
            ObjectNode item = flags.addObject().put("id", flag.id()).put("time", flag.time().toString())
                    .put("decision", Visible.of(flag.decision())).put("label", Visible.of(flag.label()))
                    .put("confidence", flag.confidence())
                    .put("score", flag.score()).put("distance", flag.distance())
                    .put("kept", pictures.has(flag));
            flag.reasons().stream().map(Visible::of).forEach(item.putArray("reasons")::add);
            flag.labels().stream().map(Visible::of).forEach(item.putArray("labels")::add);
            labels(claims.getOrDefault(flag.id(), List.of()), item.putArray("claims"));
            ObjectNode probabilities = item.putObject("probabilities");
            flag.probabilities().forEach((label, probability) -> probabilities.put(Visible.of(label), probability));
        }
        ArrayNode others = list.putArray("claims");
        claims.forEach((answer, made) -> {
            if (!waiting.containsKey(answer)) {
                ObjectNode other = others.addObject().put("id", answer).put("time",
                        made.getLast().time().toString());
                labels(made, other.putArray("claims"));
                made.stream().filter(claim -> !claim.imageKey().isEmpty()).map(Claim::id)
                        .forEach(other.putArray("pictures")::add);
            }
        });
        return list;
    }

    private static void labels(List<Claim> claims, ArrayNode labels) {
        claims.forEach(claim -> labels.add(claim.label()));
    }

    private void picture(HttpExchange exchange, String id) throws IOException {
        Optional<byte[]> picture = Optional.ofNullable(waiting.get(id)).flatMap(pictures::of)
                .or(() -> claimed(id).flatMap(reviews::picture));
        send(exchange, picture.isPresent() ? 200 : 404, "image/jpeg", picture.orElse(new byte[0]));
    }

    private Optional<Claim> claimed(String id) {
        return claims.values().stream().flatMap(List::stream).filter(claim -> claim.id().equals(id)).findFirst();
    }

    /// What is done with JSON that was posted.
    @FunctionalInterface
    private interface Posted {
        void take(HttpExchange exchange, JsonNode said) throws IOException;
    }

    private static void posted(HttpExchange exchange, Posted posted) throws IOException {
        JsonNode said;
        try {
            said = JSON.readTree(exchange.getRequestBody().readNBytes(LARGEST_BODY));
        } catch (JsonProcessingException e) {
            send(exchange, 400, "text/plain", new byte[0]);
            return;
        }
        posted.take(exchange, said);
    }

    /// `{"id": …, "label": …, "note": …}`, or `{"done": true}` from the end of the list.
    private void review(HttpExchange exchange, JsonNode said) throws IOException {
        if (said.path("done").asBoolean()) {
            send(exchange, 204, "text/plain", new byte[0]);
            done.countDown();
            return;
        }
        StoredFlag flag = waiting.get(said.path("id").asText());
        String chosen = said.path("label").asText();
        Optional<String> label = Stream.ofNullable(flag).flatMap(one -> one.labels().stream())
                .filter(one -> Visible.of(one).equals(chosen)).findFirst();
        String note = said.path("note").asText("");
        if (label.isEmpty() || note.length() > LONGEST_NOTE) {
            send(exchange, 400, "text/plain", new byte[0]);
            return;
        }
        this.said.computeIfAbsent(flag.id(), _ -> new ConcurrentLinkedDeque<>())
                .push(reviews.add(flag, label.get(), note));
        send(exchange, 204, "text/plain", new byte[0]);
    }

    /// `{"id": …}`: takes back what was last said here about it, and nothing that was said elsewhere.
    private void undo(HttpExchange exchange, JsonNode asked) throws IOException {
        Deque<String> keys = said.getOrDefault(asked.path("id").asText(), new ArrayDeque<>());
        if (keys.isEmpty()) {
            send(exchange, 400, "text/plain", new byte[0]);
            return;
        }
        reviews.remove(keys.pop());
        send(exchange, 204, "text/plain", new byte[0]);
    }

    private static byte[] page() throws IOException {
        try (InputStream page = ReviewPage.class.getResourceAsStream("review.html")) {
            return page.readAllBytes();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Security-Policy",
                "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
