package haricot.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import haricot.bucket.Claim;
import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
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
    ReviewPage(S3Reviews reviews, List<StoredFlag> waiting, Map<String, List<Claim>> claims) throws IOException {
        this.reviews = reviews;
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
            switch (exchange.getRequestMethod() + " " + path.replaceAll("/.*", "")) {
                case "GET " -> send(exchange, 200, "text/html; charset=utf-8", page());
                case "GET waiting" -> send(exchange, 200, "application/json", JSON.writeValueAsBytes(list()));
                case "GET picture" -> picture(exchange, path.substring(path.indexOf('/') + 1));
                case "POST review" -> review(exchange);
                case "POST undo" -> undo(exchange);
                default -> send(exchange, 404, "text/plain", new byte[0]);
            }
        }
    }

    /// The flags, and the claims about answers that left none.
    private ObjectNode list() {
        ObjectNode list = JSON.createObjectNode();
        ArrayNode flags = list.putArray("flags");
        for (StoredFlag flag : waiting.values()) {
            ObjectNode item = flags.addObject().put("id", flag.id()).put("time", flag.time().toString())
                    .put("decision", flag.decision()).put("label", flag.label()).put("confidence", flag.confidence())
                    .put("score", flag.score()).put("distance", flag.distance())
                    .put("kept", !flag.pictureKey().isEmpty());
            flag.reasons().forEach(item.putArray("reasons")::add);
            flag.labels().forEach(item.putArray("labels")::add);
            labels(claims.getOrDefault(flag.id(), List.of()), item.putArray("claims"));
            ObjectNode probabilities = item.putObject("probabilities");
            flag.probabilities().forEach(probabilities::put);
        }
        ArrayNode others = list.putArray("claims");
        claims.forEach((answer, made) -> {
            if (!waiting.containsKey(answer)) {
                labels(made, others.addObject().put("id", answer).put("time", made.getLast().time().toString())
                        .putArray("claims"));
            }
        });
        return list;
    }

    private static void labels(List<Claim> claims, ArrayNode labels) {
        claims.forEach(claim -> labels.add(claim.label()));
    }

    private void picture(HttpExchange exchange, String id) throws IOException {
        Optional<byte[]> picture = Optional.ofNullable(waiting.get(id)).flatMap(reviews::picture);
        send(exchange, picture.isPresent() ? 200 : 404, "image/jpeg", picture.orElse(new byte[0]));
    }

    /// `{"id": …, "label": …, "note": …}`, or `{"done": true}` from the end of the list.
    private void review(HttpExchange exchange) throws IOException {
        JsonNode said = JSON.readTree(exchange.getRequestBody().readNBytes(LARGEST_BODY));
        if (said.path("done").asBoolean()) {
            send(exchange, 204, "text/plain", new byte[0]);
            done.countDown();
            return;
        }
        StoredFlag flag = waiting.get(said.path("id").asText());
        String label = said.path("label").asText();
        String note = said.path("note").asText("");
        if (flag == null || !flag.labels().contains(label) || note.length() > LONGEST_NOTE) {
            send(exchange, 400, "text/plain", new byte[0]);
            return;
        }
        this.said.computeIfAbsent(flag.id(), _ -> new ConcurrentLinkedDeque<>()).push(reviews.add(flag, label, note));
        send(exchange, 204, "text/plain", new byte[0]);
    }

    /// `{"id": …}`: takes back what was last said here about it, and nothing that was said elsewhere.
    private void undo(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody().readNBytes(LARGEST_BODY));
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
