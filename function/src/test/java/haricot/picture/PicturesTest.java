package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.picture.Pictures.Picture;
import haricot.picture.raster.Image;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of picture looks as it does to Pillow.
class PicturesTest {

    static List<Picture> pictures() {
        return Pictures.read().all();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void decodesLikePillow(Picture picture) {
        Image image = new Decoder(1_000_000, picture.kept()).decode(picture.bytes());

        assertEquals(picture.width() + " x " + picture.height(), image.width() + " x " + image.height());
        if (picture.most() == 0) {
            assertEquals(picture.sha256(), Pictures.sha256(image.rgb()));
        } else {
            assertNear(picture.pixels(), image.rgb(), picture.most());
        }
    }

    private static void assertNear(byte[] expected, byte[] actual, int most) {
        assertEquals(expected.length, actual.length);
        long sum = 0;
        for (int i = 0; i < expected.length; i++) {
            int difference = Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF));
            assertTrue(difference <= most, "byte %d differs by %d levels".formatted(i, difference));
            sum += difference;
        }
        assertTrue(sum <= (long) actual.length * Math.max(1, most / 6), "they differ by too much in the mean");
    }
}
