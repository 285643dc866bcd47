package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.local.host.TestModel;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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

    @Test
    void whenS3HangsAnswersWithoutAFlagDoNotWaitAndABatchWaitsNoLongerThanOne(@TempDir Path data) throws Exception {
        byte[] strange = Files.readAllBytes(TestModel.drawn("blank-grey"));
        Laptop.With keeping = Laptop.With.DEFAULTS.settings(Map.of("KEEP_IMAGES", "flagged"));
        try (Laptop laptop = Laptop.start(data, keeping)) {
            double usual = seconds(() -> assertEquals(0, batch(laptop, strange, 16)));
            try (SilentServer _ = laptop.hang()) {
                assertTrue(seconds(() -> assertFalse(stored(laptop, strange))) < 4.5);
                for (int i = 0; i < 5; i++) {
                    assertTrue(seconds(() -> assertEquals(415, laptop.classify(new byte[100]).statusCode())) < 1,
                            "answer " + i + " waited for S3");
                }
                // Three seconds for S3, and what a busy machine adds. Two calls one after the other would take six.
                double hanging = seconds(() -> assertEquals(16, batch(laptop, strange, 16)));
                assertTrue(hanging < 5 + 2 * usual, hanging + " s instead of " + usual + " s");
            }
            laptop.mend();
            assertTrue(stored(laptop, strange));
            assertEquals(16 + 18, laptop.keys("flags/").size());
        }
    }

    @Test
    void flagsThatAnOutageLeftAreWrittenWhileLaterPicturesAreWorkedOn(@TempDir Path data) throws Exception {
        // No drawn picture is familiar enough to leave no flag.
        Path leaves = Path.of(System.getProperty("haricot.leaves", ""));
        assumeTrue(Files.isDirectory(leaves), "no photographs in " + leaves + " (BEANS_DATA)");
        byte[] leaf = Files.readAllBytes(leaves.resolve("angular_leaf_spot/angular_leaf_spot_0000.jpg"));
        try (Laptop laptop = Laptop.start(data)) {
            laptop.cut();
            assertFalse(stored(laptop, Files.readAllBytes(TestModel.drawn("blank-grey"))));
            laptop.mend();
            Instant end = Instant.now().plusSeconds(20);
            while (laptop.keys("flags/").isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(100);
                assertTrue(flag(laptop.classify(leaf)).isNull());
            }
            assertEquals(1, laptop.keys("flags/").size());
        }
    }

    private static int batch(Laptop laptop, byte[] picture, int times) throws Exception {
        String image = "{\"image\":\"" + Base64.getEncoder().encodeToString(picture) + "\"}";
        HttpResponse<String> answer = laptop.send(laptop.request("v1/classify").header("Content-Type",
                "application/json").POST(
                        HttpRequest.BodyPublishers.ofString("{\"images\":["
                                + String.join(",", Collections.nCopies(times, image)) + "]}")));
        int refused = 0;
        for (JsonNode result : Laptop.json(answer).path("results")) {
            refused += result.path("flag").path("stored").asBoolean(true) ? 0 : 1;
        }
        return refused;
    }

    private static boolean stored(Laptop laptop, byte[] picture) throws Exception {
        return flag(laptop.classify(picture)).path("stored").asBoolean();
    }

    private static double seconds(Executable work) {
        long start = System.nanoTime();
        assertDoesNotThrow(work);
        return (System.nanoTime() - start) / 1e9;
    }

    private static JsonNode flag(HttpResponse<String> response) throws Exception {
        assertEquals(200, response.statusCode());
        return Laptop.json(response).path("flag");
    }
}
