package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.TestModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Every way to send a picture, over HTTP, gives the same answer; and the README's curl lines work.
@ExtendWith(SharedLaptop.class)
class FormsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "----forms";

    @TempDir
    static Path data;

    private static Laptop laptop;

    @BeforeAll
    static void take(Laptop shared) {
        laptop = shared;
    }

    @Test
    void drawnPicturesAreAnsweredAlikeInEveryForm() throws IOException, InterruptedException {
        for (String name : List.of("leaf-rust", "leaf-spot", "blank")) {
            if (Files.exists(TestModel.drawn(name))) {
                alike(name, Files.readAllBytes(TestModel.drawn(name)));
            }
        }
        alike("leaf-rust", Files.readAllBytes(TestModel.drawn("leaf-rust")));
    }

    /// `-Dleaves=200` takes so many of them.
    @Test
    void photosAreAnsweredAlikeInEveryForm() throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty("haricot.leaves", ""));
        assumeTrue(Files.isDirectory(folder), "no photographs in " + folder + " (BEANS_DATA)");
        for (Path leaf : spread(folder, Integer.getInteger("leaves", 12))) {
            alike(leaf.getFileName().toString(), Files.readAllBytes(leaf));
        }
    }

    @Test
    void theCurlLinesOfTheDocumentsWork() throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("haricot.root"));
        assumeTrue(run(data, "curl --version").startsWith("curl"), "no curl");
        Files.createSymbolicLink(data.resolve("model"), root.resolve("model"));
        Files.write(data.resolve("leaf.jpg"), picture("rest-raw-leaf"));
        Files.write(data.resolve("night.png"), Files.readAllBytes(TestModel.drawn("leaf-rust")));
        List<String> lines = new ArrayList<>();
        for (String document : List.of("README.md", "docs/api.md")) {
            Files.readAllLines(root.resolve(document)).stream().map(String::strip)
                    .filter(line -> line.startsWith("curl ") || line.startsWith("printf ")).forEach(lines::add);
        }
        assertTrue(lines.size() >= 8, "docs/api.md shows a curl line for every form: " + lines);
        for (String line : lines) {
            String here = line.replace("http://127.0.0.1:8080/", laptop.address().toString()).replace("curl ",
                    "curl -sS --fail-with-body ");
            JsonNode answer = JSON.readTree(run(data, here));
            if (line.contains("v1/classify")) {
                JsonNode first = answer.path("results").path(0).isObject() ? answer.path("results").get(0) : answer;
                assertTrue(first.has("decision"), line + "\n" + answer);
                assertTrue(!line.contains("/examples/") || first.path("decision").asText().equals("accept"), line);
            } else {
                assertTrue(answer.isObject() && !answer.has("code"), line + "\n" + answer);
            }
        }
    }

    private static void alike(String name, byte[] picture) throws IOException, InterruptedException {
        JsonNode raw = one("image/jpeg", picture);
        String base64 = Base64.getEncoder().encodeToString(picture);
        String mime = Base64.getMimeEncoder().encodeToString(picture).replace("\r\n", "\\r\\n");
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(picture);
        byte[] form = form(picture);
        assertEquals(raw, one("application/octet-stream", picture), name);
        assertEquals(raw, one("application/x-www-form-urlencoded", picture), name);
        assertEquals(raw, one("image/png", picture), name);
        assertEquals(raw, one("application/json", json("{'image':'" + base64 + "'}")), name);
        assertEquals(raw, one("application/json", json("{'image':'" + mime + "','topK':3}")), name);
        assertEquals(raw, one("image/jpeg", json("{'image':'data:image/jpeg;base64," + url + "'}")), name);
        assertEquals(raw, one("multipart/form-data; boundary=" + BOUNDARY, form), name);
        JsonNode results = post("application/json", json("{'images':['" + base64 + "',{'image':'" + url + "'}]}"))
                .path("results");
        assertEquals(2, results.size(), name);
        assertEquals(raw, same(results.get(0)), name);
        assertEquals(raw, same(results.get(1)), name);
    }

    private static JsonNode one(String type, byte[] body) throws IOException, InterruptedException {
        return same(post(type, body));
    }

    private static JsonNode post(String type, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = laptop.send(
                laptop.request("v1/classify").header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
        assertEquals(200, answer.statusCode(), answer.body());
        return Laptop.json(answer);
    }

    /// What must be equal: all but the ids of this answer.
    private static JsonNode same(JsonNode answer) {
        assertFalse(answer.path("id").asText("").isEmpty());
        return ((ObjectNode) answer).without(List.of("id", "flag"));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] form(byte[] picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"any\"; filename=\"a.jpg\"\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(picture);
        out.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /// From all over the folder, the same each time.
    private static List<Path> spread(Path folder, int count) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
            int step = Math.max(1, all.size() / count);
            return Stream.iterate(0, i -> i < all.size(), i -> i + step).limit(count).map(all::get).toList();
        }
    }

    private static byte[] picture(String event) throws IOException {
        Path file = Path.of(System.getProperty("haricot.events"), event + ".json");
        return Base64.getDecoder().decode(JSON.readTree(Files.readString(file)).path("body").asText());
    }

    private static String run(Path folder, String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", line).directory(folder.toFile()).redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), line);
        assertEquals(0, process.exitValue(), line + "\n" + out);
        return out;
    }
}
