package haricot.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.model.Verdict.Ranked;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same pixels give the same answers here and in Python, from the file to the verdict.
class GoldenPicturesTest {
    private static OnnxModel model;

    @BeforeAll
    static void load() {
        model = OnnxModel.load(Shipped.MODEL);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static Stream<Named<JsonNode>> pictures() {
        return StreamSupport.stream(Shipped.json("golden.json").get("pictures").spliterator(), false)
                .map(picture -> Named.of(picture.get("file").textValue(), picture));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void answersAsPythonDoes(JsonNode expected) {
        Image image = new Decoder(50_000_000, model.card().shortSideKept())
                .decode(Shipped.bytes(Shipped.GOLDEN.resolve(expected.get("file").textValue())));
        assertEquals(expected.get("width") + " x " + expected.get("height"),
                image.sourceWidth() + " x " + image.sourceHeight());

        Prediction prediction = model.predict(image);
        assertArrayEquals(Shipped.floats(expected.get("probabilities")), prediction.probabilities(), 1e-3f);
        assertEquals(expected.get("score").floatValue(), prediction.score(), 1e-3f);
        float distance = expected.get("distance").floatValue();
        assertEquals(distance, prediction.distance(), 1e-3f * Math.max(1, Math.abs(distance)));
        Prediction.Quality quality = prediction.quality();
        assertArrayEquals(Shipped.floats(expected.get("quality")),
                new float[]{quality.brightness(), quality.clipped(), quality.sharpness()}, 1e-3f);

        Verdict verdict = new Judge(model.card()).judge(prediction, image);
        assertEquals(expected.get("label").textValue(), verdict.top().label());
        assertEquals(expected.get("flagged").booleanValue(), verdict.flagged());
        assertEquals(expected.get("decision").textValue(), verdict.decision().word());
        assertEquals(StreamSupport.stream(expected.get("reasons").spliterator(), false).map(JsonNode::textValue)
                .toList(), verdict.reasons().stream().map(Reason::word).toList());
        assertEquals(1, verdict.ranked().stream().mapToDouble(Ranked::probability).sum(), 1e-5);
    }

    @Test
    void theGoldensInTheFileAgree() {
        assertEquals(0, Goldens.check(model), 1e-3);
    }

    @Test
    void aPictureMayHaveAnySize() {
        for (int side : new int[]{1, 2_000}) {
            Image image = new Image(ImageFormat.PNG, side, side, side, side, new byte[side * side * 3]);
            assertEquals(model.card().labels().size(), model.predict(image).probabilities().length);
        }
    }
}
