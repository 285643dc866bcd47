package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.TestModel;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
}
