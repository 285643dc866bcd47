package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole of it over real HTTP: gateway, handler, model, S3.
final class LaptopTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;
    private static Laptop laptop;

    @BeforeAll
    static void start() throws Exception {
        laptop = Laptop.start(data);
    }

    @AfterAll
    static void stop() {
        laptop.close();
    }

    @Test
    void rawBytesAndJsonGiveTheSameAnswer() throws Exception {
        for (String name : new String[]{"leaf-rust", "leaf-plain", "chart"}) {
            byte[] picture = Files.readAllBytes(TestModel.drawn(name));
            HttpResponse<String> raw = laptop.classify(picture);
            String body = JSON.createObjectNode().put("image", Base64.getEncoder().encodeToString(picture)).toString();
            HttpResponse<String> json = laptop.send(laptop.request("v1/classify")
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
            assertEquals(200, raw.statusCode());
            assertEquals(withoutIds(raw), withoutIds(json), name);
        }
    }

    @Test
    void aFlagIsInTheBucketWhenItsAnswerArrives() throws Exception {
        JsonNode answer = Laptop.json(laptop.classify(Files.readAllBytes(TestModel.drawn("blank-grey"))));
        assertEquals("reject", answer.path("decision").asText());
        assertTrue(answer.path("flag").path("stored").asBoolean());
        Path file = laptop.bucket().resolve(answer.path("flag").path("key").asText());
        JsonNode flag = JSON.readTree(Files.readString(file));
        assertEquals(answer.path("id"), flag.path("id"));
        assertEquals(file.getFileName().toString(), flag.path("id").asText() + ".json");
        assertEquals(answer.path("reasons"), flag.path("reasons"));
    }

    @Test
    void theModelInTheBucketIsTheFile() throws Exception {
        JsonNode card = Laptop.json(laptop.get("v1/model"));
        Path there = laptop.bucket().resolve("models/%s/%s/model.onnx".formatted(card.path("name").asText(),
                card.path("version").asText()));
        assertEquals(-1, Files.mismatch(there, TestModel.file()));
    }

    @Test
    void aProblemSaysItsCode() throws Exception {
        HttpResponse<String> answer = laptop.classify("%PDF-1.7".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(415, answer.statusCode());
        assertEquals("unsupported-format", Laptop.json(answer).path("code").asText());
    }

    private static JsonNode withoutIds(HttpResponse<String> response) throws Exception {
        ObjectNode answer = (ObjectNode) Laptop.json(response);
        answer.remove("id");
        if (answer.path("flag").isObject()) {
            assertTrue(answer.path("flag").path("stored").asBoolean());
            answer.remove("flag");
        }
        return answer;
    }

    @Test
    void answersThatTheModelIsLoadingFromTheFirstMoment(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<Integer> statuses = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/health")).build();
            CompletableFuture<Serving> starting = CompletableFuture.supplyAsync(() -> start(folder, port));
            while (!statuses.contains(200)) {
                try {
                    statuses.add(client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode());
                } catch (IOException e) {
                    assertFalse(starting.isCompletedExceptionally(), "it did not start");
                }
                Thread.sleep(20);
            }
            starting.get().close();
        }
        assertTrue(statuses.contains(503), statuses.toString());
        assertEquals(Set.of(200, 503), Set.copyOf(statuses));
    }

    private static Serving start(Path folder, int port) {
        try {
            return Serving.start(new Serving.Options(folder, TestModel.file(), 1, Map.of("ORT_DISABLE_TELEMETRY", "1"),
                    new Gateway.Options(port, "", "")), System.out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each object is written whole, under a key that no other server chooses.
    @Test
    void twoServersShareAFolder(@TempDir Path folder) throws Exception {
        byte[] strange = Files.readAllBytes(TestModel.drawn("blank-grey"));
        try (Laptop one = Laptop.start(folder); Laptop other = Laptop.start(folder)) {
            for (int i = 0; i < 3; i++) {
                assertTrue(Laptop.json(one.classify(strange)).path("flag").path("stored").asBoolean());
                assertTrue(Laptop.json(other.classify(strange)).path("flag").path("stored").asBoolean());
            }
            assertEquals(6, one.keys("flags/").size());
            assertEquals(2, one.keys("tallies/").size());
        }
    }
}
