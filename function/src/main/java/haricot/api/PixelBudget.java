package haricot.api;

import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;

/// How many pixels one request may hold, all of its pictures together, counted from headers before any is decoded.
final class PixelBudget {
    /// 50 million: a 48-megapixel phone photo passes. Decoding takes about a second for 50 million, and a progressive
    /// JPEG of that size about 150 MB; past it a caller could hold the environment for long with one small file.
    static final long MOST = 50_000_000;

    private long left = MOST;

    /// @throws UnreadablePicture when this picture exceeds what is left
    void take(ImageHeader header) {
        long pixels = (long) header.width() * header.height();
        if (pixels > left) {
            throw new UnreadablePicture(Reason.TOO_MANY_PIXELS,
                    "This picture has " + header.width() + "x" + header.height()
                            + " pixels; all pictures of a request together may have " + MOST / 1_000_000
                            + " million. Send a smaller one.");
        }
        left -= pixels;
    }
}
