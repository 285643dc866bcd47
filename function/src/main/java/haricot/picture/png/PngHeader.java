package haricot.picture.png;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// The header chunk of a PNG file (PNG 3rd edition, 11.2.1).
///
/// @param width in pixels
/// @param height in pixels
/// @param depth bits of a sample
/// @param colour what the samples are
/// @param interlaced whether the pixels come in seven passes
record PngHeader(int width, int height, int depth, Colour colour, boolean interlaced) {
    private static final String ALL = "1, 2, 4, 8, 16";

    /// The colour types, by their numbers in the file.
    enum Colour {
        GREY(0, 1, ALL),
        RGB(2, 3, "8, 16"),
        PALETTE(3, 1, "1, 2, 4, 8"),
        GREY_ALPHA(4, 2, "8, 16"),
        RGBA(6, 4, "8, 16");

        private final int number;
        private final int channels;
        private final String depths;

        Colour(int number, int channels, String depths) {
            this.number = number;
            this.channels = channels;
            this.depths = depths;
        }

        private static Colour of(int number, int depth) {
            for (Colour colour : values()) {
                if (colour.number == number && java.util.List.of(colour.depths.split(", "))
                        .contains(String.valueOf(depth))) {
                    return colour;
                }
            }
            throw UnreadablePicture.damaged(ImageFormat.PNG, "its colour type is impossible");
        }
    }

    /// @param file from the signature on, at least as long as signature and header chunk
    /// @param at where the chunk's data start
    static PngHeader read(byte[] file, int at) {
        int width = Chunks.number(file, at);
        int height = Chunks.number(file, at + 4);
        if (width <= 0 || height <= 0) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "its width or height is impossible");
        }
        if (file[at + 10] != 0 || file[at + 11] != 0 || (file[at + 12] & 0xFF) > 1) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "its method is unknown");
        }
        int depth = file[at + 8];
        return new PngHeader(width, height, depth, Colour.of(file[at + 9], depth), file[at + 12] == 1);
    }

    /// Bytes from a pixel to the one before it, at least 1.
    int pixelBytes() {
        return Math.max(1, colour.channels * depth / 8);
    }

    /// Bytes of a row of so many pixels, without its filter.
    int rowBytes(int pixels) {
        return Math.toIntExact(((long) pixels * colour.channels * depth + 7) / 8);
    }

    boolean grey() {
        return colour == Colour.GREY || colour == Colour.GREY_ALPHA;
    }
}
