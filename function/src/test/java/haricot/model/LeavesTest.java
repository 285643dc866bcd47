package haricot.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.picture.Decoder;
import haricot.picture.Pictures;
import haricot.picture.raster.Image;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/// Two hundred photographs are answered as Python answers them, some of them enlarged so that both reduce them first.
class LeavesTest {
    private static final Path LEAVES = Path.of(System.getProperty("haricot.leaves"));
    /// Reduction may be done in ways that differ by a level here and there.
    private static final float TOLERANCE = 0.02f;

    @Test
    void photographsAreAnsweredAsPythonAnswersThem() {
        assumeTrue(Files.isDirectory(LEAVES),
                () -> "skipped: no photographs at %s; set BEANS_DATA to run this test".formatted(LEAVES));
        JsonNode expected = Shipped.json("leaves.json");
        assertEquals(expected.get("modelSha256").textValue(), Pictures.sha256(Shipped.bytes(Shipped.MODEL)));
        try (OnnxModel model = OnnxModel.load(Shipped.MODEL)) {
            Decoder decoder = new Decoder(50_000_000, model.card().shortSideKept());
            for (JsonNode picture : expected.get("pictures")) {
                String file = picture.get("file").textValue();
                Image image = decoder.decode(Shipped.bytes(LEAVES.resolve(file)));
                int times = picture.get("enlarged").intValue();
                check(model, picture, times == 1 ? image : decoder.decode(enlarged(image, times)));
            }
        }
    }

    private static void check(OnnxModel model, JsonNode expected, Image image) {
        String file = expected.get("file").textValue();
        Prediction prediction = model.predict(image);
        assertEquals(expected.get("label").textValue(), model.card().labels().get(prediction.best()), file);
        assertArrayEquals(Shipped.floats(expected.get("probabilities")), prediction.probabilities(), TOLERANCE, file);
        assertEquals(expected.get("score").floatValue(), prediction.score(), TOLERANCE, file);
    }

    /// The picture with every pixel repeated, as a PNG file.
    private static byte[] enlarged(Image image, int times) {
        int width = image.width() * times;
        byte[] rows = new byte[(width * 3 + 1) * image.height() * times];
        int at = 0;
        for (int y = 0; y < image.height() * times; y++) {
            rows[at++] = 0;
            for (int x = 0; x < width; x++, at += 3) {
                System.arraycopy(image.rgb(), (y / times * image.width() + x / times) * 3, rows, at, 3);
            }
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(rows);
        deflater.finish();
        byte[] packed = new byte[rows.length + 1000];
        int length = deflater.deflate(packed);
        deflater.end();

        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        byte[] head = new byte[13];
        four(head, 0, width);
        four(head, 4, image.height() * times);
        head[8] = 8;
        head[9] = 2;
        chunk(file, "IHDR", head);
        chunk(file, "IDAT", java.util.Arrays.copyOf(packed, length));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] named = new byte[4 + data.length];
        for (int i = 0; i < 4; i++) {
            named[i] = (byte) type.charAt(i);
        }
        System.arraycopy(data, 0, named, 4, data.length);
        byte[] number = new byte[4];
        four(number, 0, data.length);
        file.writeBytes(number);
        file.writeBytes(named);
        CRC32 sum = new CRC32();
        sum.update(named);
        four(number, 0, (int) sum.getValue());
        file.writeBytes(number);
    }

    private static void four(byte[] to, int at, int number) {
        for (int i = 0; i < 4; i++) {
            to[at + i] = (byte) (number >> 24 - 8 * i);
        }
    }
}
