package haricot.picture.png;

import haricot.picture.png.PngHeader.Colour;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.Arrays;

/// Makes pixels of the samples of a row. Of samples of 16 bits the upper eight count.
final class PixelRow {
    /// What browsers show for a colour that the palette has not.
    private static final byte BLACK = 0;

    private final PngHeader header;
    private final byte[] palette;
    /// What the file says of transparency: alpha of the palette's colours, or the colour that is not there.
    private final byte[] transparency;
    private final boolean keyed;
    /// Red, green and blue of each pixel, from the left.
    final byte[] rgb;
    /// 255 is opaque.
    final byte[] alpha;

    PixelRow(PngHeader header, Chunks chunks) {
        this.header = header;
        palette = chunks.first("PLTE");
        transparency = chunks.first("tRNS");
        Colour colour = header.colour();
        if (colour == Colour.PALETTE && (palette.length == 0 || palette.length % 3 != 0 || palette.length > 768)) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "its palette is missing or impossible");
        }
        keyed = colour == Colour.GREY && transparency.length == 2 || colour == Colour.RGB && transparency.length == 6;
        rgb = new byte[header.width() * 3];
        alpha = new byte[header.width()];
        Arrays.fill(alpha, (byte) 255);
    }

    /// Whether any pixel can be seen through.
    boolean hasAlpha() {
        return keyed || switch (header.colour()) {
            case GREY, RGB -> false;
            case PALETTE -> transparency.length > 0;
            case GREY_ALPHA, RGBA -> true;
        };
    }

    /// @param line samples
    /// @param count how many pixels they are
    void read(byte[] line, int count) {
        switch (header.colour()) {
            case GREY -> grey(line, count);
            case RGB -> rgb(line, count);
            case PALETTE -> palette(line, count);
            case GREY_ALPHA -> greyAlpha(line, count);
            case RGBA -> rgba(line, count);
        }
    }

    private void grey(byte[] line, int count) {
        int depth = header.depth();
        int key = keyed ? two(transparency, 0) & (1 << depth) - 1 : -1;
        int scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
        for (int x = 0; x < count; x++) {
            int sample = depth == 16 ? two(line, 2 * x) : sample(line, x, depth);
            paint(x, (byte) (depth == 16 ? sample >> 8 : sample * scale));
            alpha[x] = (byte) (sample == key ? 0 : 255);
        }
    }

    private void rgb(byte[] line, int count) {
        int step = header.depth() / 8;
        for (int i = 0, from = 0; i < 3 * count; i++, from += step) {
            rgb[i] = line[from];
        }
        if (keyed) {
            int mask = (1 << header.depth()) - 1;
            for (int x = 0; x < count; x++) {
                boolean gone = true;
                for (int c = 0; c < 3; c++) {
                    int at = (3 * x + c) * step;
                    gone &= (step == 2 ? two(line, at) : line[at] & 0xFF) == (two(transparency, 2 * c) & mask);
                }
                alpha[x] = (byte) (gone ? 0 : 255);
            }
        }
    }

    private void palette(byte[] line, int count) {
        int depth = header.depth();
        int colours = palette.length / 3;
        for (int x = 0; x < count; x++) {
            int index = sample(line, x, depth);
            if (index < colours) {
                System.arraycopy(palette, 3 * index, rgb, 3 * x, 3);
            } else {
                paint(x, BLACK);
            }
            alpha[x] = index < transparency.length ? transparency[index] : (byte) 255;
        }
    }

    private void greyAlpha(byte[] line, int count) {
        int step = header.depth() / 8;
        for (int x = 0; x < count; x++) {
            paint(x, line[2 * x * step]);
            alpha[x] = line[(2 * x + 1) * step];
        }
    }

    private void rgba(byte[] line, int count) {
        int step = header.depth() / 8;
        for (int x = 0, from = 0; x < count; x++) {
            for (int c = 0; c < 3; c++, from += step) {
                rgb[3 * x + c] = line[from];
            }
            alpha[x] = line[from];
            from += step;
        }
    }

    private void paint(int x, byte level) {
        rgb[3 * x] = level;
        rgb[3 * x + 1] = level;
        rgb[3 * x + 2] = level;
    }

    private static int sample(byte[] line, int x, int depth) {
        int bit = x * depth;
        return line[bit >> 3] >> 8 - depth - (bit & 7) & (1 << depth) - 1;
    }

    private static int two(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
