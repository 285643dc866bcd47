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
    private final int rowWidth;
    private final int rows;
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
        this(header, shortSideKept, profile, false);
    }

    /// A canvas whose rows may be half the size of the file already.
    ///
    /// @param halved whether they are: then the factor must be even
    public Canvas(ImageHeader header, int shortSideKept, ColourProfile profile, boolean halved) {
        this.header = header;
        this.profile = profile;
        int before = halved ? 2 : 1;
        rowWidth = Math.ceilDiv(header.width(), before);
        rows = Math.ceilDiv(header.height(), before);
        factor = factor(header, shortSideKept) / before;
        width = Math.ceilDiv(rowWidth, factor);
        height = Math.ceilDiv(rows, factor);
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
        profile.toSrgb(pixels, rowWidth);
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
        profile.toSrgb(pixels, rowWidth);
        for (int x = 0, i = 0; x < rowWidth; x++) {
            int opaque = alpha[x] & 0xFF;
            int white = 255 * (255 - opaque) + 128;
            for (int end = i + 3; i < end; i++) {
                int blend = (pixels[i] & 0xFF) * opaque + white;
                pixels[i] = (byte) (blend + (blend >> 8) >> 8);
            }
        }
        if (factor == 1) {
            System.arraycopy(pixels, 0, rgb, row * width * 3, width * 3);
        } else {
            add(pixels);
        }
        row++;
    }

    private void add(byte[] pixels) {
        int whole = rowWidth / factor;
        int i = 0;
        for (int x = 0; x < width; x++) {
            int count = x < whole ? factor : rowWidth - whole * factor;
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
        boolean last = row + 1 == rows;
        if ((row + 1) % factor == 0 || last) {
            finish(row / factor, row % factor + 1);
        }
    }

    private void finish(int to, int high) {
        int start = to * width * 3;
        int whole = rowWidth / factor * 3;
        for (int i = 0; i < sums.length; i++) {
            int count = high * (i < whole ? factor : rowWidth % factor);
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
