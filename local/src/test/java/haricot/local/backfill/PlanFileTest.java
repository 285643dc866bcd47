package haricot.local.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.bucket.Chunk;
import haricot.bucket.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans as Step Functions reads them.
final class PlanFileTest {
    private static final String RUN = "019dbf4b-1c2e-7a6f-9a52-6f1f4f1c7a3e";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void aHundredObjectsAreAChunkAndNothingIsLost() throws IOException {
        List<Source> objects = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            objects.add(new Source("photos", "2019/ä %2B+" + i, "e" + i, i % 2 == 0 ? "" : "v" + i));
        }
        JsonNode plan = JSON.readTree(plan(objects));
        assertEquals(3, plan.size());
        List<Source> read = new ArrayList<>();
        for (JsonNode item : plan) {
            Chunk chunk = Chunk.read(item.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(Chunk.name(read.size() / 100 + 1), chunk.name());
            read.addAll(chunk.objects());
        }
        assertEquals(objects, read);
    }

    @Test
    void anItemStaysFarBelowWhatAChildMayGet() throws IOException {
        List<Source> objects = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            // S3 takes keys of 1,024 bytes; JSON writes a control character in six.
            objects.add(new Source("photos", "\u0001".repeat(1020) + i, "e", ""));
        }
        JsonNode plan = JSON.readTree(plan(objects));
        int all = 0;
        for (JsonNode item : plan) {
            assertTrue(item.toString().getBytes(StandardCharsets.UTF_8).length < 130_000);
            all += item.path("objects").size();
        }
        assertEquals(300, all);
    }

    @Test
    void whatIsLeftKeepsItsChunks() throws IOException {
        List<Source> objects = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            objects.add(new Source("photos", "p" + i, "e", ""));
        }
        byte[] whole = plan(objects);
        Path file = folder.resolve("rest.json");
        try (PlanFile rest = new PlanFile(file)) {
            rest.addRest(new ByteArrayInputStream(whole), Set.of("000001", "000003", "000005"));
            rest.finish(RUN);
            assertEquals(2, rest.chunks());
            JsonNode left = JSON.readTree(file.toFile());
            JsonNode all = JSON.readTree(whole);
            assertEquals(List.of(all.get(1), all.get(3)), List.of(left.get(0), left.get(1)));
        }
        assertFalse(Files.exists(file));
    }

    private byte[] plan(List<Source> objects) throws IOException {
        Path file = folder.resolve("plan.json");
        try (PlanFile plan = new PlanFile(file)) {
            for (Source object : objects) {
                plan.add(RUN, object);
            }
            plan.finish(RUN);
            return Files.readAllBytes(file);
        }
    }
}
