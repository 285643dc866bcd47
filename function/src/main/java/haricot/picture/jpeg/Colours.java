package haricot.picture.jpeg;

/// What the components of a file mean, and how they become red, green and blue, with the tables and the rounding of
/// libjpeg and, for ink, of Pillow.
enum Colours {
    GREY,
    YCC,
    RGB,
    /// Inks the wrong way round (255 is none), as Adobe's programs write them and every reader assumes.
    CMYK,
    YCCK;

    private static final int HALF = 1 << 15;

    /// @param rows one of each component
    /// @param width in pixels
    /// @param rgb room for three bytes a pixel
    void convert(byte[][] rows, int width, byte[] rgb) {
        switch (this) {
            case GREY -> grey(rows[0], width, rgb);
            case YCC -> ycc(rows[0], rows[1], rows[2], width, rgb);
            case RGB -> interleave(rows, width, rgb);
            case CMYK -> {
                interleave(rows, width, rgb);
                ink(rows[3], width, rgb);
            }
            case YCCK -> {
                ycc(rows[0], rows[1], rows[2], width, rgb);
                // The three are the complement of the stored inks.
                for (int i = 0; i < 3 * width; i++) {
                    rgb[i] = (byte) ~rgb[i];
                }
                ink(rows[3], width, rgb);
            }
        }
    }

    private static void grey(byte[] grey, int width, byte[] rgb) {
        for (int x = 0, to = 0; x < width; x++) {
            rgb[to++] = grey[x];
            rgb[to++] = grey[x];
            rgb[to++] = grey[x];
        }
    }

    private static void interleave(byte[][] rows, int width, byte[] rgb) {
        for (int x = 0, to = 0; x < width; x++) {
            rgb[to++] = rows[0][x];
            rgb[to++] = rows[1][x];
            rgb[to++] = rows[2][x];
        }
    }

    /// ITU-R BT.601 in sixteen fraction bits: 1.402, 0.34414, 0.71414 and 1.772.
    private static void ycc(byte[] luma, byte[] blue, byte[] red, int width, byte[] rgb) {
        for (int x = 0, to = 0; x < width; x++) {
            int y = luma[x] & 0xFF;
            int cb = (blue[x] & 0xFF) - 128;
            int cr = (red[x] & 0xFF) - 128;
            rgb[to++] = clamp(y + (91881 * cr + HALF >> 16));
            rgb[to++] = clamp(y + (-22554 * cb - 46802 * cr + HALF >> 16));
            rgb[to++] = clamp(y + (116130 * cb + HALF >> 16));
        }
    }

    /// From inks as stored to light: the share of each colour that ink of that colour and black leave.
    private static void ink(byte[] black, int width, byte[] rgb) {
        for (int x = 0, to = 0; x < width; x++) {
            int light = black[x] & 0xFF;
            for (int i = 0; i < 3; i++, to++) {
                int product = (~rgb[to] & 0xFF) * light + 128;
                rgb[to] = (byte) (light - (product + (product >> 8) >> 8));
            }
        }
    }

    private static byte clamp(int level) {
        return (byte) Math.min(Math.max(level, 0), 255);
    }
}
