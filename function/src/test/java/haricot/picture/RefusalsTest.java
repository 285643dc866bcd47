package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no picture to judge is refused for its own reason, in words that help.
class RefusalsTest {
    private static final Decoder DECODER = new Decoder(50_000_000, 1024);

    static Stream<Arguments> files() throws IOException {
        List<Arguments> files = new ArrayList<>();
        for (JsonNode node : new JsonMapper().readTree(Pictures.resource("refused.json"))) {
            files.add(Arguments.of(node.get("file").textValue(), Reason.valueOf(node.get("reason").textValue()),
                    node.get("says").textValue()));
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void filesAreRefusedForTheirReason(String file, Reason reason, String says) {
        byte[] bytes = Pictures.resource(file);
        assertRefused(reason, says, bytes);
    }

    static Stream<Arguments> starts() {
        return Stream.of(Arguments.of("....ftypheic....mif1heic", "HEIC photos"),
                Arguments.of("....ftypmif1....heic", "HEIC photos"),
                Arguments.of("....ftypavif....mif1", "AVIF pictures"),
                Arguments.of("....ftypisom....isomiso2", "Videos (MP4, QuickTime)"),
                Arguments.of("....ftypqt  ....qt  ", "Videos (MP4, QuickTime)"),
                Arguments.of("\32E\337\243\1\0\0", "Videos (WebM, Matroska)"),
                Arguments.of("RIFF....AVI LIST", "Videos (AVI)"), Arguments.of("RIFF....WAVEfmt ", "Audio files"),
                Arguments.of("\377\n..", "JPEG XL pictures"),
                Arguments.of("PK\3\4....", "ZIP archives and office documents"),
                Arguments.of("\37\213\b\0", "Archives"), Arguments.of("8BPS\0\1", "Photoshop files"),
                Arguments.of("<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawings"),
                Arguments.of("<?xml version='1.0'?>\n<!-- leaf --><svg>", "SVG drawings"),
                Arguments.of("\357\273\277<!DOCTYPE html><html>", "HTML pages"),
                Arguments.of("  <html><body>", "HTML pages"), Arguments.of("<?xml version='1.0'?><a/>", "XML files"),
                Arguments.of("[1, 2]", "JSON files"), Arguments.of("leaf: green", "Text files"),
                Arguments.of("\1\2\3\4\5", "Files of this kind"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void foreignFormatsAreNamed(String start, String name) {
        assertRefused(Reason.UNSUPPORTED_FORMAT, name + " are not read here: send JPEG, PNG or still WebP.",
                start.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline-420.jpg", "progressive-420.jpg", "restart.jpg", "scans-apart.jpg", "cmyk.jpg",
            "rgb-8.png", "palette-4-interlaced.png", "lossy-75.webp", "lossy-alpha.webp", "lossless.webp"})
    void noPartOfAFileIsTakenForTheWhole(String name) {
        byte[] whole = Pictures.resource(name);
        byte[] shown = DECODER.decode(whole).rgb();
        // A JPEG that lacks only its end marker is complete, and a PNG without its end chunk, its two check sums, and the
        // last bits of its compressed data, which say no more than that they are the last.
        int complete = whole.length;
        int least = whole.length - (name.endsWith(".jpg") ? 2 : name.endsWith(".png") ? 12 + 4 + 4 + 2 : 0);
        while (complete > least && decodes(Arrays.copyOf(whole, complete - 1), shown)) {
            complete--;
        }
        for (int length = 1; length < complete; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            UnreadablePicture refused = assertThrows(UnreadablePicture.class, () -> DECODER.decode(part));
            assertEquals(Reason.TRUNCATED, refused.reason(), "%d of %d bytes: %s".formatted(length, whole.length,
                    refused.getMessage()));
        }
    }

    private static boolean decodes(byte[] part, byte[] shown) {
        try {
            return Arrays.equals(shown, DECODER.decode(part).rgb());
        } catch (UnreadablePicture refused) {
            return false;
        }
    }

    @Test
    void pixelsAreCountedBeforeDecoding() {
        byte[] file = Pictures.resource("baseline-444.jpg");
        assertEquals(61 * 40, new Decoder(61 * 40, 1024).decode(file).sourcePixels());
        UnreadablePicture refused = assertThrows(UnreadablePicture.class,
                () -> new Decoder(61 * 40 - 1, 1024).decode(file));
        assertEquals(Reason.TOO_MANY_PIXELS, refused.reason());
        assertEquals("The picture has 2,440 pixels (61 x 40), and at most 2,439 are read: send it smaller.",
                refused.getMessage());
    }

    @Test
    void theHeaderIsThatOfTheFileBeforeItIsTurned() {
        assertEquals(new ImageHeader(ImageFormat.JPEG, 24, 16),
                DECODER.open(Pictures.resource("orientation-6.jpg")).header());
        Image image = DECODER.decode(Pictures.resource("orientation-6.jpg"));
        assertEquals("16 x 24", image.sourceWidth() + " x " + image.sourceHeight());
    }

    private static void assertRefused(Reason reason, String says, byte[] file) {
        UnreadablePicture refused = assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertThrows(UnreadablePicture.class, () -> DECODER.decode(file)));
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }
}
