package haricot.picture;

import haricot.picture.jpeg.JpegFile;
import haricot.picture.library.PictureLibrary;
import haricot.picture.png.PngFile;
import haricot.picture.raster.Canvas;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import haricot.picture.webp.WebpFile;
import java.util.function.Supplier;

/// Turns the bytes of a file into the picture that the model sees. What a file is its bytes say, whatever anyone calls
/// it.
///
/// For any bytes at all it either answers or throws [haricot.picture.raster.UnreadablePicture]. It holds no state: several threads may use it.
public final class Decoder {
    /// What JPEG can say. Rows of PNG files could be millions of pixels long, and some of them have to be in memory.
    private static final int LONGEST_SIDE = 65_535;
    /// What is left of a picture after its reduction. Only pictures more than four times as long as wide can exceed it: their
    /// short side forbids to reduce them. The graph needs some twenty bytes a pixel, a third of a gigabyte at this limit.
    private static final long MOST_REDUCED_PIXELS = 16_000_000;

    private final long maxPixels;
    private final int shortSideKept;
    private final PictureLibrary library;

    /// @param maxPixels how many pixels a file may have, counted before decoding
    /// @param shortSideKept large pictures are reduced by whole factors, but to no less than this many pixels on their
    ///     short side: of JPEG files 2, 4 and 8, as their blocks can be had at these
    /// @throws NoPictureLibrary when this computer cannot read JPEG and WebP
    public Decoder(long maxPixels, int shortSideKept) {
        this.maxPixels = maxPixels;
        this.shortSideKept = shortSideKept;
        library = PictureLibrary.load();
    }

    /// A file that has been read up to its size.
    public static final class Opened {
        private final ImageHeader header;
        private final Supplier<Image> picture;

        private Opened(ImageHeader header, Supplier<Image> picture) {
            this.header = header;
            this.picture = picture;
        }

        /// Its format and size.
        public ImageHeader header() {
            return header;
        }

        /// Decodes it.
        ///
        /// @throws UnreadablePicture if it cannot be judged
        public Image decode() {
            return guarded(picture);
        }
    }

    /// Reads a file up to its size, without decoding.
    ///
    /// @throws UnreadablePicture if the bytes are no picture that is read here
    public Opened open(byte[] file) {
        return guarded(() -> opened(file));
    }

    /// Decodes a file.
    ///
    /// @throws UnreadablePicture if it cannot be judged
    public Image decode(byte[] file) {
        return open(file).decode();
    }

    /// Numbers of a damaged file lead readers astray, and a place that does not exist is as far as they come. The readers
    /// check what they can, and a fuzz test that goes past this guard has found nothing since; but a caller's broken file
    /// must never look like a fault of the function.
    private static <T> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IndexOutOfBoundsException astray) {
            throw new UnreadablePicture(Reason.UNDECODABLE,
                    "The picture is damaged: save it anew and send that.");
        }
    }

    private Opened opened(byte[] file) {
        return switch (Signature.format(file)) {
            case JPEG -> {
                JpegFile jpeg = JpegFile.open(file);
                yield opened(jpeg.header(), () -> jpeg.decode(shortSideKept, library));
            }
            case PNG -> {
                PngFile png = PngFile.open(file);
                yield opened(png.header(), () -> png.decode(shortSideKept));
            }
            case WEBP -> {
                WebpFile webp = WebpFile.open(file);
                yield opened(webp.header(), () -> webp.decode(shortSideKept, library));
            }
        };
    }

    private Opened opened(ImageHeader header, Supplier<Image> picture) {
        return new Opened(header, () -> {
            checkSize(header);
            return picture.get();
        });
    }

    /// What [#decode(byte[])] does, without its guard.
    Image unguardedDecode(byte[] file) {
        return opened(file).picture.get();
    }

    private void checkSize(ImageHeader header) {
        if (header.pixels() > maxPixels) {
            throw new UnreadablePicture(Reason.TOO_MANY_PIXELS,
                    "The picture has %,d pixels (%d x %d), and at most %,d are read: send it smaller.".formatted(
                            header.pixels(), header.width(), header.height(), maxPixels));
        }
        if (Math.max(header.width(), header.height()) > LONGEST_SIDE) {
            throw new UnreadablePicture(Reason.TOO_MANY_PIXELS,
                    "The picture is %d x %d, and at most %,d pixels on a side are read: send it smaller.".formatted(
                            header.width(), header.height(), LONGEST_SIDE));
        }
        int factor = header.format() == ImageFormat.JPEG
                ? JpegFile.reduction(header, shortSideKept)
                : Canvas.factor(header, shortSideKept);
        if (header.pixels() / factor / factor > MOST_REDUCED_PIXELS) {
            throw new UnreadablePicture(Reason.TOO_MANY_PIXELS,
                    "The picture is %d x %d, too large for one so long and narrow: crop it or send it smaller."
                            .formatted(
                                    header.width(), header.height()));
        }
    }
}
