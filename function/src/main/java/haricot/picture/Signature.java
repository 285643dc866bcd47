package haricot.picture;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import java.nio.charset.StandardCharsets;

/// Tells what a file is by its first bytes.
final class Signature {
    /// Enough for every mark, text that starts late included.
    private static final int LOOKED_AT = 512;
    private static final String JPEG = "\377\330\377";
    private static final String PNG = "\211PNG\r\n\32\n";
    private static final String RIFF = "RIFF";
    private static final String WEBP = "WEBP";

    private Signature() {}

    /// The format of a file.
    ///
    /// @throws UnreadablePicture if it is not read here; the message names what it is
    static ImageFormat format(byte[] file) {
        // The first bytes as characters of the same numbers.
        String head = new String(file, 0, Math.min(file.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (head.startsWith(JPEG)) {
            return ImageFormat.JPEG;
        }
        if (head.startsWith(PNG)) {
            return ImageFormat.PNG;
        }
        if (head.startsWith(RIFF) && head.startsWith(WEBP, 8)) {
            return ImageFormat.WEBP;
        }
        if (isStartOfPicture(head)) {
            throw new UnreadablePicture(Reason.TRUNCATED,
                    "The file ends after %d bytes: send the whole file.".formatted(file.length));
        }
        throw unsupported(ForeignFormat.name(head));
    }

    /// Whether so few bytes are there that they may be the start of a picture.
    private static boolean isStartOfPicture(String head) {
        return !head.isEmpty() && (JPEG.startsWith(head) || PNG.startsWith(head) || RIFF.startsWith(head)
                || head.startsWith(RIFF) && head.length() < 12);
    }

    static UnreadablePicture unsupported(String what) {
        return new UnreadablePicture(Reason.UNSUPPORTED_FORMAT,
                "%s are not read here: send JPEG, PNG or still WebP.".formatted(what));
    }
}
