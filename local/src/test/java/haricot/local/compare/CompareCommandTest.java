package haricot.local.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import haricot.local.serve.Laptop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `haricot compare` on pictures that a server of this computer has kept.
class CompareCommandTest {
    private static final List<String> SENT = List.of("leaf-rust", "leaf-spots", "leaf-plain", "leaf-odd", "leaf-tall",
            "leaf-wide", "leaf-same-size", "text");
    @TempDir
    static Path data;
    private static Path lenient;

    @TempDir
    Path folder;

    @BeforeAll
    static void keep() throws Exception {
        try (Laptop laptop = Laptop.start(data,
                Laptop.With.DEFAULTS.settings(Map.of("KEEP_IMAGES", "flagged", "AUDIT_RATE", "1")))) {
            for (String name : SENT) {
                assertEquals(200, laptop.classify(Files.readAllBytes(TestModel.drawn(name))).statusCode(), name);
            }
        }
        lenient = lenient(data.resolve("lenient.onnx"));
    }

    /// The same network, but nothing is too strange or too poor for it. Its length must stay, which the file says before it.
    private static Path lenient(Path file) throws IOException {
        String model = Files.readString(TestModel.file(), StandardCharsets.ISO_8859_1);
        String changed = model.replaceAll("(\"reject\":)\\d\\.\\d{3}", "$19.9e8")
                .replaceAll("(\"unusable\":)0\\.05", "$10.00").replaceAll("(\"unusable\":)64", "$1 1");
        return Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aModelAgreesWithItselfWholly() throws IOException {
        Shell.Ran ran = Shell.haricot("compare", TestModel.file(), "--data", data);
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().contains("same label    100.0 % of 8; of all flags 100.0 %"), ran.out());
        assertTrue(ran.out().endsWith("as good or better: Both are the same file.\n"), ran.out());
    }

    @Test
    void aModelThatRejectsWhatWasRightIsWorse() throws IOException {
        Path page = folder.resolve("page.html");
        JsonNode before = json(1, "compare", TestModel.file(), "--live", lenient, "--data", data, "--json", "--html",
                page);
        assertEquals(8, before.path("mostChanged").size(), before.toString());
        String html = Files.readString(page);
        assertTrue(html.contains("--ground: #fbfbf9") && html.contains("<strong>look at it</strong>"), html);
        assertEquals(8, html.split("data:image/jpeg;base64,", -1).length - 1);
        for (JsonNode changed : before.path("mostChanged")) {
            assertEquals(0, Shell.haricot("review", changed.path("name").asText(),
                    changed.at("/old/label").asText(), "--data", data).status());
        }
        JsonNode after = json(2, "compare", TestModel.file(), "--live", lenient, "--data", data, "--json");
        assertEquals(8, after.at("/reviewed/0/onlyOld").asInt(), after.toString());
        assertEquals(2 / 256.0, after.at("/reviewed/0/probability").asDouble(), 1e-12);
        assertEquals(0, json(1, "compare", lenient, "--live", TestModel.file(), "--data", data, "--json")
                .at("/reviewed/0/onlyOld").asInt());
    }

    private static JsonNode json(int status, Object... words) throws IOException {
        Shell.Ran ran = Shell.haricot(words);
        assertEquals(status, ran.status(), ran.out() + ran.err());
        return new ObjectMapper().readTree(ran.out());
    }

    @Test
    void aFolderOfPhotosHasItsTruthInItsNames() throws IOException {
        Path healthy = Files.createDirectories(folder.resolve("photos/healthy"));
        Files.copy(TestModel.drawn("leaf-plain"), healthy.resolve("a.png"));
        Shell.Ran ran = Shell.haricot("compare", TestModel.file(), "--data", folder.resolve("none"), "--live", lenient,
                "--photos", folder.resolve("photos"), "--json");
        JsonNode json = new ObjectMapper().readTree(ran.out());
        assertEquals(1, json.path("photos").asInt(), ran.out() + ran.err());
        assertEquals(1, json.at("/reviewed/0/candidate/of").asInt(), ran.out());
    }

    @Test
    void withoutAnyPictureItSaysHowToGetThem() {
        Shell.Ran ran = Shell.haricot("compare", TestModel.file(), "--data", data, "--from", "2020-01-01", "--live",
                TestModel.file());
        assertEquals(69, ran.status());
        assertTrue(ran.err().contains("KEEP_IMAGES=flagged keeps them"), ran.err());
    }
}
