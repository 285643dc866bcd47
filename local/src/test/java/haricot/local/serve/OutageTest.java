package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.local.host.TestModel;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// S3 goes away and comes back while pictures arrive.
final class OutageTest {

    @Test
    void anOutageCostsNoAnswerAndNoFlag(@TempDir Path data) throws Exception {
        byte[] strange = Files.readAllBytes(TestModel.drawn("blank-grey"));
        try (Laptop laptop = Laptop.start(data)) {
            assertTrue(flag(laptop.classify(strange)).path("stored").asBoolean());
            laptop.cut();
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                JsonNode flag = flag(laptop.classify(strange));
                assertFalse(flag.path("stored").asBoolean());
                keys.add(flag.path("key").asText());
            }
            keys.forEach(key -> assertTrue(Files.notExists(laptop.bucket().resolve(key)), key));
            laptop.mend();
            JsonNode after = flag(laptop.classify(strange));
            assertTrue(after.path("stored").asBoolean());
            keys.forEach(key -> assertTrue(Files.exists(laptop.bucket().resolve(key)), key));
            assertEquals(5, laptop.keys("flags/").size());
        }
    }

    private static JsonNode flag(HttpResponse<String> response) throws Exception {
        assertEquals(200, response.statusCode());
        return Laptop.json(response).path("flag");
    }
}
