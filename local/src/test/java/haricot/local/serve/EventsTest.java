package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.ClassifyHandler;
import haricot.Environment;
import haricot.Settings;
import haricot.local.host.DataFolder;
import haricot.web.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/// Every file of `events/`, given to the handler as Lambda would.
class EventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EVENTS = Path.of(System.getProperty("haricot.events"));

    @TempDir
    static Path data;

    private static Laptop laptop;
    private static S3Client s3;
    private static ClassifyHandler handler;
    private static JsonNode expected;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        laptop = Laptop.start(data);
        s3 = laptop.s3();
        JsonNode model = Laptop.json(laptop.get("v1/model"));
        Map<String, String> settings = new HashMap<>(System.getenv());
        settings.putAll(Map.of("BUCKET", DataFolder.BUCKET, "MODEL_NAME", model.path("name").asText(""),
                "MODEL_VERSION",
                model.path("version").asText(""), "MODEL_SHA256", model.path("sha256").asText(""), "AUDIT_RATE", "0",
                "CLAIMS", "on"));
        handler = new ClassifyHandler(
                Environment.unfrozen(Settings.from(settings), s3, Clock.systemUTC(), new SecureRandom()));
        expected = JSON.readTree(Files.readString(EVENTS.resolve("expected.json")));
    }

    @AfterAll
    static void stop() {
        s3.close();
        laptop.close();
    }

    @Test
    void everyEventIsAnsweredAsExpected() throws IOException {
        for (Map.Entry<String, JsonNode> event : expected.properties()) {
            JsonNode answer = answer(event.getKey());
            String body = answer.path("body").asText("");
            assertEquals(event.getValue().path("status").asInt(), answer.path("statusCode").asInt(),
                    event.getKey() + ": " + body);
            if (event.getValue().has("code")) {
                checkProblem(event.getKey(), event.getValue(), answer, JSON.readTree(body));
            }
            assertEquals("Origin", answer.path("headers").path("Vary").asText(), event.getKey());
            assertEquals("https://farm.example",
                    answer.path("headers").path("Access-Control-Allow-Origin").asText(), event.getKey());
        }
    }

    @Test
    void everyFileHasItsExpectation() throws IOException {
        try (var files = Files.list(EVENTS)) {
            Set<String> found = new TreeSet<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.equals("expected.json"))
                    .map(name -> name.substring(0, name.length() - 5)).toList());
            Set<String> named = new TreeSet<>();
            expected.fieldNames().forEachRemaining(named::add);
            assertEquals(named, found);
        }
    }

    @Test
    void theReadmeListsEveryCode() throws IOException {
        String readme = Files.readString(EVENTS.resolve("README.md"));
        for (Code code : Code.values()) {
            assertTrue(readme.contains("| " + code.status() + " `" + code.word() + "` |"), code.word());
        }
    }

    @Test
    void theFrontsAnswerAlike() throws IOException {
        for (String form : List.of("raw-leaf", "json-leaf-as-base64", "multipart-one")) {
            JsonNode first = verdict("rest-raw-leaf");
            for (String front : List.of("rest-", "v2-", "url-")) {
                assertEquals(first, verdict(front + form), front + form);
            }
        }
    }

    @Test
    void aPlaceThatCannotBeReadIsAnsweredInItsPlace() throws IOException {
        JsonNode results = JSON.readTree(answer("rest-json-batch").path("body").asText("")).path("results");
        assertEquals(3, results.size());
        assertTrue(results.get(0).has("decision"));
        assertEquals("night", results.get(1).path("clientId").asText());
        assertTrue(results.get(1).path("reasons").toString().contains("too-dark"));
        assertEquals("bad-base64", results.get(2).path("problem").path("code").asText());
        assertEquals("/images/2", results.get(2).path("problem").path("pointer").asText());
    }

    private static void checkProblem(String name, JsonNode expectation, JsonNode answer, JsonNode problem) {
        assertEquals(expectation.path("code"), problem.path("code"), name);
        assertEquals(expectation.path("status"), problem.path("status"), name);
        assertEquals("application/problem+json", answer.path("headers").path("Content-Type").asText(), name);
        assertEquals("no-store", answer.path("headers").path("Cache-Control").asText(), name);
        assertFalse(problem.path("detail").asText("").isEmpty(), name);
        Leaks.none(name, problem.toString());
    }

    private static JsonNode verdict(String event) throws IOException {
        JsonNode body = JSON.readTree(answer(event).path("body").asText(""));
        return ((com.fasterxml.jackson.databind.node.ObjectNode) body).without(List.of("id", "flag", "clientId"));
    }

    private static JsonNode answer(String event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(Files.readAllBytes(EVENTS.resolve(event + ".json"))), out, null);
        return JSON.readTree(out.toByteArray());
    }
}
