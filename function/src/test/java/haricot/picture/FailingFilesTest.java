package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of a shared leaf that version 1.0.0 answered wrongly. They lie beside the photographs, not in the repository:
/// the drawn pictures have the same faults.
class FailingFilesTest {
    private static final Path FOLDER = Path.of(System.getProperty("haricot.leaves", "")).resolveSibling("../failing")
            .normalize();
    private static final Decoder DECODER = new Decoder(50_000_000, 65_535);

    @BeforeAll
    static void areThere() {
        assumeTrue(Files.isDirectory(FOLDER), "no files in " + FOLDER + " (beside the folder of BEANS_DATA)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok-leaf-for-no-content-type.jpg", "jpeg-second-exif-changes-label.jpg",
            "jpeg-orientation6-then-orientation1.jpg", "jpeg-no-huffman-tables.jpg", "jpeg-complete-without-eoi.jpg",
            "jpeg-without-eoi-samsung-trailer.jpg", "png-text-chunk-bad-crc.png", "png-complete-without-iend.png",
            "png-one-palette-index-too-large.png", "acTL_num_frames_0.png", "webp-animation-of-one-frame.webp"})
    void isReadWhole(String name) throws IOException {
        assertTrue(DECODER.decode(file(name)).rgb().length > 0);
    }

    @Test
    void aSecondOrientationChangesNothing() throws IOException {
        assertArrayEquals(DECODER.decode(file("jpeg-second-exif-changes-label-control.jpg")).rgb(),
                DECODER.decode(file("jpeg-second-exif-changes-label.jpg")).rgb());
    }

    @Test
    void whatIsRefusedIsNamed() throws IOException {
        assertRefused(Reason.UNDECODABLE, "a restart marker is missing", "jpeg-one-restart-marker-missing.jpg");
        assertRefused(Reason.UNSUPPORTED_FORMAT, "Xcode", "png-cgbi.png");
    }

    private static void assertRefused(Reason reason, String says, String name) throws IOException {
        byte[] file = file(name);
        UnreadablePicture refused = assertThrows(UnreadablePicture.class, () -> DECODER.decode(file));
        assertEquals(reason, refused.reason(), name);
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }
}
