package haricot.local.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.backfill.Photographs;
import haricot.bucket.ResultLines;
import haricot.local.Main;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A folder classified with `--results`, and what comes after it.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FolderRunTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path photos;
    @TempDir
    static Path data;
    @TempDir
    Path out;
    private static String printed;
    private static String run;

    @BeforeAll
    static void classify() throws IOException {
        for (Map.Entry<String, byte[]> each : Photographs.drawn().entrySet()) {
            Files.write(photos.resolve(each.getKey()), each.getValue());
        }
        Files.writeString(photos.resolve("broken.jpg"), "no picture");
        Files.createFile(photos.resolve("empty.jpg"));
        Files.copy(TestModel.drawn("leaf-rust"), photos.resolve("100% +ä.png"));
        printed = haricot(1, "classify", "--csv", photos.toString(), "--model", TestModel.file().toString(),
                "--results", data.toString());
        Matcher id = Pattern.compile("Kept as run ([0-9a-f-]{36})").matcher(printed);
        assertTrue(id.find(), printed);
        run = id.group(1);
    }

    @Test
    @Order(1)
    void theResultsSayWhatWasListed() throws IOException {
        List<ObjectNode> lines = lines();
        List<String> kept = lines.stream().map(line -> line.at("/source/key").asText() + " "
                + (line.has("problem") ? "unreadable" : line.get("decision").asText())).toList();
        List<String> listed = printed.lines().skip(1).takeWhile(line -> line.startsWith(photos.toString()))
                .map(line -> line.split(",", -1)).map(cells -> cells[0] + " " + cells[4]).toList();
        assertEquals(listed, kept);
        assertEquals(Photographs.drawn().size() + 3, lines.size());
        JsonNode about = JSON.readTree(bucket("backfill/" + run + "/run.json").toFile());
        assertEquals(lines.size(), about.get("objects").asInt());
        assertEquals(1, about.get("chunks").asInt());
        assertEquals(photos.toString(), about.get("prefix").asText());
    }

    @Test
    @Order(1)
    void theReportCountsTheSame() throws IOException {
        String report = haricot(3, "report", "--json", "--run", run, "--data", data.toString());
        JsonNode counts = JSON.readTree(report);
        List<ObjectNode> lines = lines();
        long answered = lines.stream().filter(line -> line.has("decision")).count();
        assertEquals(answered, counts.get("answered").asLong());
        assertEquals(lines.stream().filter(line -> line.at("/outOfDomain/flagged").asBoolean()).count(),
                counts.get("flagged").asLong());
        assertEquals(lines.stream().filter(line -> line.path("decision").asText().equals("reject")).count(),
                counts.at("/decisions/reject").asLong());
        assertEquals(1, counts.at("/errors/unsupported-format").asLong());
        assertEquals(1, counts.at("/errors/empty-body").asLong());
        assertEquals(run, counts.get("run").asText());
        assertEquals(0, counts.at("/missing/flags").asLong() + counts.at("/missing/answers").asLong());
        haricot(3, "report", "--run", run, "--data", data.toString(), "--out", out.toString());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("drift report, run " + run), page.substring(0, 200));
        assertFalse(page.contains("By hour") || page.contains("Since when"));
    }

    @Test
    @Order(1)
    void aRunIsNoneOfTheLiveDays() throws IOException {
        haricot(3, "report", "--json", "--data", data.toString());
        assertTrue(haricot(0, "review", "--no-page", "--data", data.toString()).startsWith("Nothing is waiting."));
        assertTrue(haricot(69, "report", "--run", run, "--from", "2026-01-01", "--data", data.toString())
                .contains("without --from and --to"));
        assertTrue(haricot(69, "report", "--run", "none", "--data", data.toString()).contains("there is no run none"));
    }

    @Test
    @Order(2)
    void itsFlagsAreReviewedWithTheirFiles() throws IOException {
        String waiting = haricot(0, "review", "--no-page", "--run", run, "--data", data.toString());
        List<ObjectNode> flagged = lines().stream().filter(line -> line.path("flag").isObject()).toList();
        assertTrue(waiting.startsWith(flagged.size() + " waiting"), waiting);
        ObjectNode rust = flagged.stream().filter(line -> line.at("/source/key").asText().endsWith("leaf-rust.png"))
                .findFirst().orElseThrow();
        String id = rust.get("id").asText();
        assertTrue(waiting.lines().anyMatch(line -> line.startsWith(id) && line.endsWith("leaf-rust.png")), waiting);
        haricot(0, "review", id, "bean_rust", "--run", run, "--data", data.toString());
        String written = haricot(0, "review", "--run", run, "--export", out.toString(), "--data", data.toString());
        assertTrue(written.contains("and 1 picture in"), written);
        try (Stream<Path> files = Files.list(out.resolve("bean_rust"))) {
            assertEquals(-1, Files.mismatch(files.findFirst().orElseThrow(), TestModel.drawn("leaf-rust")));
        }
        String left = haricot(0, "review", "--no-page", "--run", run, "--data", data.toString());
        assertTrue(left.startsWith(flagged.size() - 1 + " waiting"), left);
        JsonNode report = JSON.readTree(haricot(3, "report", "--json", "--run", run, "--data", data.toString()));
        assertEquals(flagged.size() - 1, report.at("/accuracy/0/waiting").asInt());
    }

    @Test
    @Order(3)
    void forgottenItIsNeitherFlagNorLine() throws IOException {
        List<ObjectNode> before = lines();
        for (boolean flag : List.of(true, false)) {
            String id = before.stream().filter(line -> line.has("decision") && line.path("flag").isObject() == flag)
                    .findFirst().orElseThrow().get("id").asText();
            haricot(0, "forget", id, "--data", data.toString());
            assertFalse(Files.exists(bucket("backfill/" + run + "/flags/" + id + ".json")));
            assertTrue(lines().stream().noneMatch(line -> line.get("id").asText().equals(id)));
            haricot(69, "forget", id, "--data", data.toString());
        }
        assertEquals(before.size() - 2, lines().size());
    }

    @Test
    @Order(1)
    void whatHasNoPlaceIsRefused() {
        assertTrue(haricot(69, "classify", "-", "--results", data.toString()).contains("name a file"));
        assertTrue(haricot(69, "classify", photos.toString(), "--results", data.toString(), "--url",
                "http://127.0.0.1:1/").contains("without --url"));
    }

    private static List<ObjectNode> lines() throws IOException {
        return new ArrayList<>(
                ResultLines.read(Files.readAllBytes(bucket("results/run=" + run + "/000001.jsonl.gz"))));
    }

    private static Path bucket(String key) {
        return data.resolve("haricot").resolve(key);
    }

    private static String haricot(int status, String... command) {
        StringWriter text = new StringWriter();
        PrintWriter printer = new PrintWriter(text, true);
        assertEquals(status, Main.commandLine().setOut(printer).setErr(printer).execute(command), text::toString);
        return text.toString();
    }
}
