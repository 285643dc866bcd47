package haricot.picture.webp;

import haricot.picture.colour.IccReader;
import haricot.picture.library.PictureLibrary;
import haricot.picture.raster.Canvas;
import haricot.picture.raster.Exif;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.Turn;
import haricot.picture.raster.UnreadablePicture;
import java.util.Arrays;

/// A still WebP file, lossy with or without alpha, or lossless.
///
/// What it is and whether it is read is decided here; the pixels are libwebp's.
public final class WebpFile {
    private final byte[] file;
    private final Riff riff;
    private final StillWebp still;
    private final ImageHeader header;

    private WebpFile(byte[] file) {
        this.file = file;
        riff = Riff.read(file);
        still = StillWebp.of(file, riff);
        header = still.header(file);
    }

    /// Reads a file up to its size.
    ///
    /// @throws UnreadablePicture if it is broken that early, truncated or animated
    public static WebpFile open(byte[] file) {
        return new WebpFile(file);
    }

    public ImageHeader header() {
        return header;
    }

    /// Decodes the picture. A large one is reduced on the way, by the factor of [haricot.picture.raster.Canvas]: 12 million pixels take 0.6 of the
    /// time of all of them, and a sixteenth of the memory.
    ///
    /// @throws UnreadablePicture if the file is damaged
    public Image decode(int shortSideKept, PictureLibrary library) {
        int factor = Canvas.factor(header, shortSideKept);
        int width = header.width() / factor;
        int height = header.height() / factor;
        boolean transparent = still.transparent(file);
        byte[] pixels = library.webp(still.alone(file), transparent, factor, width, height).orElseThrow(
                () -> UnreadablePicture.damaged(ImageFormat.WEBP, "its coded data make no sense"));
        byte[] rgb = transparent ? plane(pixels, 0, 3) : pixels;
        IccReader.read(bytes("ICCP"), false).toSrgb(rgb, width * height);
        if (transparent) {
            Canvas.overWhite(rgb, width * height, plane(pixels, 3, 1));
        }
        return Turn.of(orientation()).image(header, width, height, rgb);
    }

    /// Some of the four bytes of each pixel.
    private static byte[] plane(byte[] rgba, int first, int count) {
        byte[] some = new byte[rgba.length / 4 * count];
        for (int from = first, to = 0; to < some.length; from += 4) {
            for (int i = 0; i < count; i++) {
                some[to++] = rgba[from + i];
            }
        }
        return some;
    }

    private int orientation() {
        byte[] exif = bytes("EXIF");
        // Some programs put JPEG's mark before the data.
        boolean marked = exif.length > 6 && exif[0] == 'E' && exif[1] == 'x';
        return Exif.orientation(marked ? Arrays.copyOfRange(exif, 6, exif.length) : exif).orElse(1);
    }

    private byte[] bytes(String type) {
        return riff.first(type).map(chunk -> Arrays.copyOfRange(file, chunk.start(), chunk.end()))
                .orElse(new byte[0]);
    }
}
