package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real photographs over HTTP, where they are there: they are not part of this repository.
final class PhotosTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LEAVES = Path.of(System.getProperty("haricot.leaves"));
    /// Ordinary things, beside the leaves.
    private static final Path THINGS = LEAVES.resolve("../../ood/things").normalize();

    @TempDir
    Path data;

    @Test
    void leavesAreAnsweredTheSameAsRawBytesAndAsJson() throws Exception {
        List<Path> photos = photos(LEAVES, 36);
        int right = 0;
        try (Laptop laptop = Laptop.start(data)) {
            for (Path photo : photos) {
                JsonNode raw = same(laptop.classify(Files.readAllBytes(photo)));
                ObjectNode body = JSON.createObjectNode().put("image",
                        Base64.getEncoder().encodeToString(Files.readAllBytes(photo)));
                JsonNode json = same(
                        laptop.send(laptop.request("v1/classify").header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body.toString()))));
                assertEquals(raw, json, photo.toString());
                right += raw.path("label").asText().equals(photo.getParent().getFileName().toString()) ? 1 : 0;
            }
        }
        assertTrue(right >= 0.9 * photos.size(), right + " of " + photos.size());
    }

    private static JsonNode same(HttpResponse<String> response) throws IOException {
        assertEquals(200, response.statusCode());
        return ((ObjectNode) Laptop.json(response)).without(List.of("id", "flag"));
    }

    @Test
    void ordinaryThingsAreFlaggedAndEachFlagIsInTheBucketWhenItsAnswerArrives() throws Exception {
        List<Path> photos = photos(THINGS, 40);
        int flagged = 0;
        try (Laptop laptop = Laptop.start(data)) {
            for (Path photo : photos) {
                JsonNode answer = Laptop.json(laptop.classify(Files.readAllBytes(photo)));
                if (answer.path("outOfDomain").path("flagged").asBoolean()) {
                    flagged++;
                    Path flag = laptop.bucket().resolve(answer.path("flag").path("key").asText());
                    assertEquals(answer.path("id"), JSON.readTree(flag.toFile()).path("id"), photo.toString());
                }
            }
        }
        assertTrue(flagged >= 0.9 * photos.size(), flagged + " of " + photos.size());
    }

    /// So many of a folder, at even distances.
    private static List<Path> photos(Path folder, int wanted) throws IOException {
        assumeTrue(Files.isDirectory(folder), "skipped, for there are no photos in " + folder + " (see BEANS_DATA)");
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> all = walk.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
            return IntStream.range(0, wanted).mapToObj(i -> all.get(i * all.size() / wanted)).toList();
        }
    }
}
