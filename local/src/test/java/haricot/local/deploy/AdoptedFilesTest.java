package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.api.Offline;
import haricot.local.host.LocalStack;
import haricot.local.host.Shell;
import haricot.local.serve.Laptop;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small networks that `adopt.py` made model files of: with convolutions and with attention, NCHW and NHWC, logits and softmax,
/// 3, 200 and 1,000 labels. Python says of every photo what Java must say.
final class AdoptedFilesTest {
    private static final String IMPORTS = "import onnx, onnxruntime, numpy, scipy, PIL";
    private static final Path ROOT = Path.of(System.getProperty("haricot.root"));
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path made;
    private static JsonNode answers;

    @TempDir
    private Path folder;

    @BeforeAll
    static void adopt() throws IOException, InterruptedException {
        assumeTrue(python(1, "-c", IMPORTS).isEmpty(),
                "no onnx, onnxruntime, numpy, scipy or Pillow for python3: model/requirements-adopt.txt has them");
        List<String> failed = python(5, ROOT.resolve("model/tests/for_java.py").toString(), made.toString());
        assertTrue(failed.isEmpty(), () -> String.join("\n", failed));
        answers = JSON.readTree(made.resolve("answers.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"convolutional", "channels-last", "transformer", "gelu", "labels-200", "labels-1000"})
    void javaAnswersAsPythonDoes(String name) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Offline model = new Offline(file(name))) {
            for (Map.Entry<String, JsonNode> photo : answers.get(name).properties()) {
                JsonNode java = model.answer(Files.readAllBytes(made.resolve(photo.getKey())));
                JsonNode python = photo.getValue();
                JsonNode top = java.at("/predictions/0");
                boolean same = top.path("label").equals(python.get("label"))
                        && near(top.path("probability"), python.get("confidence"), 0.002)
                        && near(java.at("/outOfDomain/score"), python.get("score"), 0.002)
                        && near(java.at("/outOfDomain/distance"), python.get("distance"), 0.01)
                        && java.get("decision").equals(python.get("decision"))
                        && java.get("reasons").equals(python.get("reasons"));
                if (!same) {
                    wrong.add("%s: Java says %s, Python %s".formatted(photo.getKey(), java, python));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(72, answers.get(name).size());
    }

    @Test
    void largePicturesOfOddSizesAreReducedAsPythonReducesThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (JsonNode picture : JSON.readTree(made.resolve("large/large.json").toFile())) {
            Path file = made.resolve("large").resolve(picture.get("file").asText());
            Image image = new Decoder(50_000_000, picture.get("kept").asInt()).decode(Files.readAllBytes(file));
            byte[] expected = Files.readAllBytes(file.resolveSibling(file.getFileName() + ".rgb"));
            assertEquals(picture.get("width") + " x " + picture.get("height"), image.width() + " x " + image.height(),
                    file.toString());
            int most = 0;
            long sum = 0;
            for (int i = 0; i < expected.length; i++) {
                int off = Math.abs((expected[i] & 0xFF) - (image.rgb()[i] & 0xFF));
                most = Math.max(most, off);
                sum += off;
            }
            double mean = (double) sum / expected.length;
            if (most > picture.get("most").asInt() || mean > picture.get("mean").asDouble()) {
                wrong.add("%s: off by up to %d, %.3f in the mean".formatted(file.getFileName(), most, mean));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aCheckSaysThatFamiliarityMeansLittleInANetworkThatWasNeverTrained() {
        Shell.Ran ran = Shell.haricot("model", "check", file("labels-200"));
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().contains("nothing is rejected by distance"), ran.out());
        assertTrue(ran.out().contains("self-check  NOT PASSED: "), ran.out());
        assertTrue(ran.out().contains("the decision leans on confidence"), ran.out());
        assertTrue(ran.out().contains("asked for 97.0 %"), ran.out());
        assertTrue(ran.out().endsWith("may be deployed.\n"), ran.out());
        assertTrue(ran.out().contains("\nlabels      geöffnet, =rost \"1\", 斑点, "), ran.out());
        assertTrue(ran.out().contains(" and 188 more\n"), ran.out());
    }

    @Test
    void aThousandLabelsAreServedAsManyAsAreAskedFor() throws Exception {
        byte[] photo = Files.readAllBytes(photo());
        try (Laptop laptop = Laptop.start(folder, Laptop.With.DEFAULTS, file("labels-1000"))) {
            for (Map.Entry<String, Integer> shown : Map.of("", 5, "?topK=3", 3, "?topK=1000", 1000).entrySet()) {
                var answer = laptop.send(laptop.request("v1/classify" + shown.getKey())
                        .POST(BodyPublishers.ofByteArray(photo)));
                assertEquals(shown.getValue(), Laptop.json(answer).get("predictions").size(), answer.body());
            }
            var refused = laptop
                    .send(laptop.request("v1/classify?topK=1001").POST(BodyPublishers.ofByteArray(photo)));
            assertEquals(400, refused.statusCode());
            assertTrue(refused.body().contains("1000"), refused.body());
            JsonNode card = Laptop.json(laptop.get("v1/model"));
            assertEquals(1000, card.get("labels").size());
            assertEquals("drawn leaf", card.get("subject").asText());
            assertEquals(1000, Laptop.json(laptop.get("openapi.json"))
                    .at("/components/parameters/TopK/schema/maximum").asInt());
        }
    }

    @Test
    void aReportOverTwoHundredLabelsShowsTheFrequentOnesAndSumsUpTheRest() throws Exception {
        try (Laptop laptop = Laptop.start(folder, Laptop.With.DEFAULTS, file("labels-200"))) {
            for (Map.Entry<String, JsonNode> photo : answers.get("labels-200").properties()) {
                assertEquals(200, laptop.classify(Files.readAllBytes(made.resolve(photo.getKey()))).statusCode());
            }
        }
        Path out = folder.resolve("reports");
        Shell.Ran ran = Shell.haricot("report", "--data", folder, "--out", out);
        assertTrue(ran.status() < 64, ran.err());
        String page = Files.readString(out.resolve("report.html"));
        assertTrue(page.contains("all others"), "the rest is summed up");
        assertFalse(page.contains("葉の病気"), "a label that never came takes no room");
        assertTrue(page.contains("=rost &quot;1&quot;") || page.contains("=rost &#34;1&#34;"),
                "labels are text, not markup");
        Path kept = Path.of(System.getProperty("haricot.screenshot.wide", folder.resolve("wide.html").toString()));
        Files.writeString(kept, page);
    }

    @Test
    void aTableKeepsLabelsOfAnyLanguageAndNoneBecomesAFormula() {
        Shell.Ran ran = Shell.haricot("classify", "--model", file("convolutional"), "--csv", made.resolve("photos"));
        assertEquals(0, ran.status(), ran.err());
        List<String> labels = List.of("geöffnet", "\"'=rost \"\"1\"\"\"", "斑点");
        labels.forEach(label -> assertTrue(ran.out().contains("," + label + ","), label + " in " + ran.out()));
    }

    @Test
    @EnabledIf("haricot.local.host.LocalStack#isThere")
    void aDryRunOfADeploymentTakesIt() throws IOException {
        Path zip = Files.writeString(folder.resolve("function.zip"), "not looked into");
        Shell.Ran ran = Shell.haricot("deploy", "--dry-run", "--zip", zip, "--model", file("gelu"), "--stack",
                "adopted",
                "--endpoint", LocalStack.address());
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().contains("  ModelName=gelu\n"), ran.out());
    }

    private static Path file(String name) {
        return made.resolve(name + ".onnx");
    }

    private static Path photo() {
        return made.resolve(answers.get("labels-1000").fieldNames().next());
    }

    private static boolean near(JsonNode one, JsonNode other, double most) {
        return Math.abs(one.asDouble(Double.NaN) - other.asDouble()) <= most;
    }

    /// What it printed, in lines, if it failed; nothing if it did not.
    private static List<String> python(int minutes, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(words));
        Path said = Files.createTempFile("adopt", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            Process process = builder.start();
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            if (ended && process.exitValue() == 0) {
                return List.of();
            }
            process.destroyForcibly();
            List<String> lines = new ArrayList<>(Files.readAllLines(said, StandardCharsets.UTF_8));
            lines.add(ended
                    ? "it ended with " + process.exitValue()
                    : "it was still running after %d min".formatted(minutes));
            return lines;
        } catch (IOException none) {
            return List.of("no python3: " + none.getMessage());
        } finally {
            Files.deleteIfExists(said);
        }
    }
}
