package haricot.local.classify;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Haricot somewhere else, asked over HTTP.
final class RemoteModel implements Classifier {
    /// A little longer than API Gateway lets the function work.
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /// Too many requests, or a start that went wrong: worth another try.
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI root;
    private final String apiKey;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final List<String> labels = new ArrayList<>();

    /// @param root the address of the page
    /// @param apiKey empty where none is needed
    /// @throws Failure when there is no Haricot at that address
    RemoteModel(URI root, String apiKey) throws IOException, InterruptedException {
        this.root = root.toString().endsWith("/") ? root : URI.create(root + "/");
        this.apiKey = apiKey;
        JsonNode card = json(send(request("v1/model").GET().build()));
        card.path("labels").forEach(label -> labels.add(label.asText()));
        if (labels.isEmpty()) {
            throw new Failure("there is no Haricot at " + root + ": give the address of its page, such as"
                    + " https://….amazonaws.com/Prod/");
        }
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    /// As many environments as Lambda starts without being asked twice.
    @Override
    public int atOnce() {
        return 8;
    }

    @Override
    public ObjectNode answer(byte[] picture) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request("v1/classify").header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(picture)).build());
        JsonNode answer = json(response);
        if (response.statusCode() == 200 && answer instanceof ObjectNode object) {
            return object;
        }
        if (response.statusCode() == 403) {
            throw new Failure("this deployment asks for an API key: give the right one with --api-key");
        }
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.set("problem", answer.has("code")
                ? answer
                : JsonNodeFactory.instance.objectNode().put("status", response.statusCode())
                        .put("code", "http-" + response.statusCode()).put("detail", answer.path("message").asText()));
        return problem;
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE);
        return apiKey.isEmpty() ? request : request.header("x-api-key", apiKey);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        try {
            for (Duration pause : PAUSES) {
                HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
                if (!PASSING.contains(response.statusCode())) {
                    return response;
                }
                Thread.sleep(pause);
            }
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String why = switch (e) {
                case HttpTimeoutException late -> "in time";
                case ConnectException refused -> "for there is no connection";
                default -> "that can be read";
            };
            throw new Failure("no answer from " + root + " " + why + ": is the address right, and is it running?", e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
