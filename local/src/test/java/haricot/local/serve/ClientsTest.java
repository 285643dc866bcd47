package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import haricot.local.host.TestModel;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real clients, each as it comes: most of them send no content type, and all get the same answer.
final class ClientsTest {
    private static final Path PICTURE = TestModel.drawn("leaf-rust");

    @TempDir
    static Path data;
    private static Laptop laptop;
    private static String label;

    @BeforeAll
    static void start() throws Exception {
        laptop = Laptop.start(data);
        label = Laptop.json(laptop.classify(Files.readAllBytes(PICTURE))).at("/predictions/0/label").asText();
    }

    @AfterAll
    static void stop() {
        laptop.close();
    }

    @Test
    void pythonsClients() throws Exception {
        assumeTrue(works("python3", "-c", "import httpx, requests, urllib3"),
                "no httpx, requests or urllib3 for python3: .ci/requirements.txt has them");
        allAnswered(11, "python3", script("post.py"), laptop.address().toString(), PICTURE.toString());
    }

    @Test
    void nodesFetch() throws Exception {
        assumeTrue(works("node", "--version"), "no node");
        allAnswered(4, "node", script("post.mjs"), laptop.address().toString(), PICTURE.toString());
    }

    @Test
    void javasClient() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
                HttpResponse<String> answer = client.send(
                        laptop.request("v1/classify").POST(BodyPublishers.ofFile(PICTURE)).build(),
                        BodyHandlers.ofString());
                assertEquals(label, Laptop.json(answer).at("/predictions/0/label").asText(), answer.body());
            }
        }
    }

    @Test
    void curl() throws Exception {
        assumeTrue(works("curl", "--version"), "no curl");
        String url = laptop.address() + "v1/classify";
        String file = "@" + PICTURE;
        for (List<String> how : List.of(List.of("--data-binary", file),
                List.of("-H", "Content-Type:", "--data-binary", file),
                List.of("-H", "Content-Type: text/plain", "--data-binary", file),
                List.of("-H", "Transfer-Encoding: chunked", "--data-binary", file),
                List.of("-H", "Transfer-Encoding: chunked", "-H", "Trailer: X-Sum", "-T", PICTURE.toString(), "-X",
                        "POST"),
                List.of("-H", "Expect: 100-continue", "--data-binary", file), List.of("-F", "image=" + file))) {
            List<String> words = new ArrayList<>(List.of("curl", "-sS"));
            words.addAll(how);
            words.add(url);
            String answer = run(words.toArray(String[]::new));
            assertTrue(answer.contains("\"predictions\":[{\"label\":\"" + label + "\""), how + ": " + answer);
        }
    }

    private static void allAnswered(int lines, String... command) throws Exception {
        List<String> said = run(command).lines().toList();
        assertEquals(lines, said.size(), String.join("\n", said));
        said.forEach(line -> assertTrue(line.endsWith("\t200\t" + label), line));
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return said.strip();
    }

    private static String script(String name) {
        return Path.of(System.getProperty("haricot.root"), "local/src/test/clients", name).toString();
    }
}
