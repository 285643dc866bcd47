package haricot.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.model.ModelCard.Accepted;
import haricot.model.ModelCard.SelfCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A model file that breaks its contract is told which field, what is there and what belongs there.
class ModelCardTest {
    private static final String ACCEPTED = """
            {"target": 0.97, "right": 0.98, "low": 0.96, "high": 0.99, "accepted": 0.9, "photos": 300, "reached": true}""";
    private static final String SELF_CHECK = """
            {"passed": false, "drawnUnfamiliar": 1, "drawn": 58, "harmfulUnfamiliar": 0.7, "harmful": 900}""";

    private static String metadata;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ModelCardTest.class.getResourceAsStream("/models/card.json")) {
            metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theMetadataAreReadWhole() {
        JsonNode json = Shipped.parse(metadata);
        ModelCard card = CardReader.read(metadata);
        assertEquals(json.get("name").textValue(), card.name());
        assertEquals(json.get("labels").size(), card.labels().size());
        assertEquals(json.at("/thresholds/reject").floatValue(), card.thresholds().reject());
        assertEquals(json.at("/reference/score/counts").size(),
                card.reference().histograms().get("score").counts().size());
        assertEquals(json.at("/golden/0/name").textValue(), card.goldens().getFirst().name());
        assertEquals(metadata, card.json());
    }

    @Test
    void aFileSaysHowFarItsAnswersMayBeOff() {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        json.remove("goldenTolerance");
        assertEquals(0.05, CardReader.read(json.toString()).goldenTolerance());
        json.put("goldenTolerance", 0.005);
        assertEquals(0.005, CardReader.read(json.toString()).goldenTolerance());
    }

    @Test
    void whatAMakerFoundOfThresholdAndFamiliarityIsReadAndMayBeAbsent() {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        assertEquals(Optional.empty(), CardReader.read(json.toString()).accepted());
        assertEquals(Optional.empty(), CardReader.read(json.toString()).selfCheck());
        json.set("acceptedRight", Shipped.parse(ACCEPTED));
        json.set("selfCheck", Shipped.parse(SELF_CHECK));
        ModelCard card = CardReader.read(json.toString());
        assertEquals(new Accepted(Optional.of(0.97), 0.98, 0.96, 0.99, 0.9, 300, true), card.accepted().orElseThrow());
        assertEquals(new SelfCheck(false, 1, 58, 0.7, 900), card.selfCheck().orElseThrow());
        ((ObjectNode) json.get("acceptedRight")).putNull("target");
        assertEquals(Optional.empty(), CardReader.read(json.toString()).accepted().orElseThrow().target());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "/acceptedRight/right | 98 | acceptedRight.right is 98, expected a number from 0.0 to 1.0",
            "/acceptedRight/reached | 1 | acceptedRight.reached is 1, expected true or false",
            "/selfCheck/passed | \"no\" | selfCheck.passed is \"no\", expected true or false",
            "/selfCheck/drawn | -1 | selfCheck.drawn is -1, expected a whole number from 0",
            "/selfCheck | [] | selfCheck is [], expected an object",
            "/subject | \"bean\\u202eleaf\" | subject is \"bean\u202eleaf\", expected a string without control characters"})
    void whatIsThereMustBeWhole(String pointer, String value, String message) {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        json.set("acceptedRight", Shipped.parse(ACCEPTED));
        json.set("selfCheck", Shipped.parse(SELF_CHECK));
        json.put("subject", "bean leaf");
        set(json, pointer, Shipped.parse(value));
        assertEquals(message,
                assertThrows(BrokenModel.class, () -> CardReader.read(json.toString())).getMessage());
    }

    @Test
    void fieldsThatComeLaterAreNoFault() {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        json.put("colour", "green");
        assertEquals(json.get("name").textValue(), CardReader.read(json.toString()).name());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "/schema | 2 | schema is 2, expected 1",
            "/schema | \"1\" | schema is \"1\", expected a whole number from 1",
            "/name | \"Beans!\" | name is \"Beans!\", expected lower-case letters, digits, hyphens",
            "/version | \"\" | version is \"\", expected a version such as 1.0.0",
            "/labels | [\"rust\"] | labels is [\"rust\"], expected a list of 2 to 1000",
            "/labels | [\"a\", \"a\", \"b\"] | labels is [\"a\",\"a\",\"b\"], expected labels that differ from each other",
            "/labels/1 | 7 | labels[1] is 7, expected a string that is not empty",
            "/labels/1 | \"rust\\u001b[2J\" | labels[1] is \"rust\\u001B[2J\", expected a string without control characters",
            "/labels/1 | \"rust\\u202e\" | labels[1] is \"rust\u202e\", expected a string without control characters",
            "/licence | \"MIT\\n\" | licence is \"MIT\\n\", expected a string without control characters",
            "/goldenTolerance | 0.2 | goldenTolerance is 0.2, expected a number from 0.0 to 0.05",
            "/temperature | 0 | temperature is 0, expected a number of at least 0",
            "/input/shortSideKept | 1.5 | input.shortSideKept is 1.5, expected a whole number from 32 to 65535",
            "/thresholds/confidence | 1.2 | thresholds.confidence is 1.2, expected a number from 0.0 to 1.0",
            "/thresholds/review | \"high\" | thresholds.review is \"high\", expected a number from 0.0 to 1.0",
            "/thresholds/reject | null | thresholds.reject is null, expected a number",
            "/thresholds/quality/clipped/unusable | 0 | thresholds.quality.clipped.unusable is 0, expected a number from 0.3 to 1.0",
            "/thresholds/quality/brightness/unusable | 0.9 | thresholds.quality.brightness.unusable is 0.9, expected a number from 0.0 to 0.18",
            "/reference/score/edges/1 | 0 | reference.score.edges is [0,0,0.9,1.0], expected edges that rise",
            "/reference/score/counts | [1] | reference.score.counts is [1], expected a list of 3",
            "/reference/flagged | 1e9 | reference.flagged is 1.0E9, expected a whole number from 0 to 1872",
            "/reference/label/labels/0 | \"other\" | reference.label.labels is [\"other\",\"bean_rust\",\"healthy\"], expected the model's labels [angular_leaf_spot, bean_rust, healthy]",
            "/reference/decision/reject | -1 | reference.decision.reject is -1, expected a whole number from 0",
            "/trainingData/sha256 | \"abc\" | trainingData.sha256 is \"abc\", expected 64 hexadecimal digits in lower case",
            "/licence | 1 | licence is 1, expected a string that is not empty",
            "/figures | [] | figures is [], expected an object",
            "/golden/0/label | \"weed\" | golden[0].label is \"weed\", expected one of [angular_leaf_spot, bean_rust, healthy]",
            "/golden/0/png | \"%%\" | golden[0].png is \"%%\", expected base64 in the standard alphabet",
            "/golden/1/probabilities | [1] | golden[1].probabilities is [1], expected a list of 3"})
    void aBrokenFieldIsNamed(String pointer, String value, String message) {
        JsonNode json = Shipped.parse(metadata);
        set(json, pointer, Shipped.parse(value));
        BrokenModel broken = assertThrows(BrokenModel.class, () -> CardReader.read(json.toString()));
        assertEquals(message, broken.getMessage());
    }

    @Test
    void allFaultsAreNamedAtOnceAndAMissingObjectOnlyOnce() {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        json.put("name", "Beans!").remove("thresholds");
        json.remove("labels");
        ((ObjectNode) json.get("trainingData")).put("sha256", "abc");
        BrokenModel broken = assertThrows(BrokenModel.class, () -> CardReader.read(json.toString()));
        assertEquals(List.of("labels", "trainingData.sha256", "name", "thresholds"),
                broken.faults().stream().map(BrokenModel.Fault::field).toList());
    }

    @ParameterizedTest
    @CsvSource({"name", "version", "labels", "input", "temperature", "thresholds", "reference", "figures",
            "trainingData",
            "licence", "golden"})
    void aMissingFieldIsNamed(String name) {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        json.remove(name);
        BrokenModel broken = assertThrows(BrokenModel.class, () -> CardReader.read(json.toString()));
        assertTrue(broken.getMessage().startsWith(name + " is missing, expected "), broken.getMessage());
    }

    @Test
    void aCardWithoutAShortSideSaysThatNothingIsReduced() {
        ObjectNode json = (ObjectNode) Shipped.parse(metadata);
        ObjectNode input = (ObjectNode) json.get("input");
        input.putNull("shortSideKept");
        assertEquals(65_535, CardReader.read(json.toString()).shortSideKept());
        input.remove("shortSideKept");
        assertEquals(65_535, CardReader.read(json.toString()).shortSideKept());
    }

    @Test
    void aFileThatIsNoModelIsToldSo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("notes.onnx"), "not a model");
        BrokenModel broken = assertThrows(BrokenModel.class, () -> OnnxModel.load(file));
        assertEquals("file", broken.faults().getFirst().field());
        assertEquals("an ONNX model, IR version 9 or older", broken.faults().getFirst().expected());
        Path missing = folder.resolve("missing.onnx");
        assertEquals("file is %s, expected a file that can be read".formatted(missing),
                assertThrows(BrokenModel.class, () -> OnnxModel.load(missing)).getMessage());
        assertThrows(BrokenModel.class, () -> CardReader.read(""));
        assertThrows(BrokenModel.class, () -> CardReader.read("{"));
    }

    private static void set(JsonNode json, String pointer, JsonNode value) {
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1);
        JsonNode holder = json.at(pointer.substring(0, slash));
        if (holder instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) holder).set(last, value);
        }
    }
}
