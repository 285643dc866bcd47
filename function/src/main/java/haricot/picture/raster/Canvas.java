package haricot.picture.raster;

import haricot.picture.colour.ColourProfile;

/// Takes rows of pixels from the top and makes the picture that the model sees of them: in sRGB, over white,
/// reduced where it is large, upright.
///
/// A picture is reduced by the largest whole factor that leaves its short side at or over what the model's contract says.
/// Every pixel is then the mean of a square, rounded half up; at the right and lower edge, of what remains of one. As
/// this is done row by row, the whole of a large picture is never in memory.
public final class Canvas {
    private final ImageHeader header;
    private final ColourProfile profile;
    private final int factor;
    private final int width;
    private final int height;
    private final byte[] rgb;
    private final int[] sums;
    private int row;

    /// @param header of the file
    /// @param shortSideKept how long the short side stays at least, in pixels
    /// @param profile what the colours mean
    public Canvas(ImageHeader header, int shortSideKept, ColourProfile profile) {
        this.header = header;
        this.profile = profile;
        factor = factor(header, shortSideKept);
        width = Math.ceilDiv(header.width(), factor);
        height = Math.ceilDiv(header.height(), factor);
        rgb = new byte[width * height * 3];
        sums = new int[factor == 1 ? 0 : width * 3];
    }

    /// By how much a picture is reduced, across and down, 1 for not at all.
    public static int factor(ImageHeader header, int shortSideKept) {
        return Math.max(1, Math.min(header.width(), header.height()) / shortSideKept);
    }

    /// Takes the next row.
    ///
    /// @param pixels three bytes each, red, green, blue; they are changed
    public void row(byte[] pixels) {
        profile.toSrgb(pixels, header.width());
        if (factor == 1) {
            System.arraycopy(pixels, 0, rgb, row * width * 3, width * 3);
        } else {
            add(pixels);
        }
        row++;
    }

    /// Takes the next row of a picture that can be seen through.
    ///
    /// @param pixels like [#row(byte[])]
    /// @param alpha one byte a pixel, 255 is opaque
    public void row(byte[] pixels, byte[] alpha) {
        profile.toSrgb(pixels, header.width());
        overWhite(pixels, header.width(), alpha);
        if (factor == 1) {
            System.arraycopy(pixels, 0, rgb, row * width * 3, width * 3);
        } else {
            add(pixels);
        }
        row++;
    }

    /// Puts pixels that can be seen through over white.
    ///
    /// @param alpha one byte a pixel, 255 is opaque
    public static void overWhite(byte[] pixels, int count, byte[] alpha) {
        for (int x = 0, i = 0; x < count; x++) {
            int opaque = alpha[x] & 0xFF;
            int white = 255 * (255 - opaque) + 128;
            for (int end = i + 3; i < end; i++) {
                int blend = (pixels[i] & 0xFF) * opaque + white;
                pixels[i] = (byte) (blend + (blend >> 8) >> 8);
            }
        }
    }

    private void add(byte[] pixels) {
        int whole = header.width() / factor;
        int i = 0;
        for (int x = 0; x < width; x++) {
            int count = x < whole ? factor : header.width() - whole * factor;
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int end = i + 3 * count; i < end; i += 3) {
                red += pixels[i] & 0xFF;
                green += pixels[i + 1] & 0xFF;
                blue += pixels[i + 2] & 0xFF;
            }
            sums[3 * x] += red;
            sums[3 * x + 1] += green;
            sums[3 * x + 2] += blue;
        }
        boolean last = row + 1 == header.height();
        if ((row + 1) % factor == 0 || last) {
            finish(row / factor, row % factor + 1);
        }
    }

    private void finish(int to, int high) {
        int start = to * width * 3;
        int whole = header.width() / factor * 3;
        for (int i = 0; i < sums.length; i++) {
            int count = high * (i < whole ? factor : header.width() % factor);
            rgb[start + i] = (byte) ((sums[i] + count / 2) / count);
            sums[i] = 0;
        }
    }

    /// The picture, once all rows are there.
    ///
    /// @param orientation see [Exif]
    public Image image(int orientation) {
        return Turn.of(orientation).image(header, width, height, rgb);
    }
}
