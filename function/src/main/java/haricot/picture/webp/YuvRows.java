package haricot.picture.webp;

import haricot.picture.raster.Canvas;
import haricot.picture.webp.LoopFilter.Strength;
import java.util.List;

/// The rows of a frame that are being filtered, and their way to the canvas.
///
/// The filter of a row of macroblocks still changes the lowest pixels of the row above, so rows are handed on when the one
/// below is done. Chroma is brought to the size of luma as libwebp does by default, weights 9 : 3 : 3 : 1.
final class YuvRows {
    /// Rows of luma that the next row of macroblocks may change, and those whose chroma depends on such.
    private static final int LATE = 12;

    private final int width;
    private final int height;
    private final Plane luma;
    private final Plane blue;
    private final Plane red;
    private final List<Plane> all;
    private final AlphaPlane alpha;
    private final Canvas canvas;
    private final byte[] blueRow;
    private final byte[] redRow;
    private final byte[] rgb;
    private int next;

    YuvRows(int width, int height, AlphaPlane alpha, Canvas canvas) {
        this.width = width;
        this.height = height;
        this.alpha = alpha;
        this.canvas = canvas;
        int wide = Math.ceilDiv(width, 16);
        luma = new Plane(16, wide);
        blue = new Plane(8, wide);
        red = new Plane(8, wide);
        all = List.of(luma, blue, red);
        blueRow = new byte[width + 1];
        redRow = new byte[width + 1];
        rgb = new byte[width * 3];
    }

    Plane luma() {
        return luma;
    }

    Plane blue() {
        return blue;
    }

    Plane red() {
        return red;
    }

    /// What a filter works on.
    List<Plane> planes(boolean lumaAlone) {
        return lumaAlone ? List.of(luma) : all;
    }

    /// Two rows of macroblocks of one colour: the one before and the current one.
    static final class Plane {
        private final int size;
        private final int stride;
        private final byte[] pixels;

        /// @param size of a macroblock in it, 16 or 8
        Plane(int size, int wide) {
            this.size = size;
            stride = size * wide;
            pixels = new byte[2 * size * stride];
        }

        /// Puts a macroblock into the current row.
        void put(byte[] field, int from, int fieldStride, int column) {
            for (int y = 0; y < size; y++) {
                System.arraycopy(field, from + y * fieldStride, pixels, (size + y) * stride + column * size, size);
            }
        }

        /// Filters the edges of a macroblock of the current row: left, inner upright ones, upper, inner level ones.
        void filter(Strength strength, int row, int column, boolean inner, boolean simple) {
            int at = size * stride + column * size;
            if (column > 0) {
                edge(at, 1, stride, strength, true, simple);
            }
            for (int x = 4; x < size && inner; x += 4) {
                edge(at + x, 1, stride, strength, false, simple);
            }
            if (row > 0) {
                edge(at, stride, 1, strength, true, simple);
            }
            for (int y = 4; y < size && inner; y += 4) {
                edge(at + y * stride, stride, 1, strength, false, simple);
            }
        }

        private void edge(int at, int across, int along, Strength strength, boolean outer, boolean simple) {
            if (simple) {
                LoopFilter.simple(pixels, at, across, along, strength.limit() + (outer ? 4 : 0));
            } else {
                LoopFilter.normal(pixels, at, across, along, size, strength, outer);
            }
        }

        /// Where a row of the picture starts.
        ///
        /// @param current number of the current row of macroblocks
        private int start(int y, int current) {
            return (y - (current - 1) * size) * stride;
        }

        private void moveUp() {
            System.arraycopy(pixels, size * stride, pixels, 0, size * stride);
        }
    }

    /// Hands on the rows that nothing changes any more.
    ///
    /// @param row of macroblocks, which is complete
    void finish(int row, boolean last) {
        int until = last ? height : 16 * (row + 1) - LATE;
        for (; next < until; next++) {
            int near = next / 2;
            int far = Math.clamp(near + (next % 2 == 1 ? 1L : -1L), 0, (height - 1) / 2);
            upsample(blue, blue.start(near, row), blue.start(far, row), blueRow);
            upsample(red, red.start(near, row), red.start(far, row), redRow);
            convert(luma.start(next, row));
            if (alpha.opaque()) {
                canvas.row(rgb);
            } else {
                canvas.row(rgb, alpha.row());
            }
        }
        all.forEach(Plane::moveUp);
    }

    private void upsample(Plane plane, int near, int far, byte[] out) {
        byte[] in = plane.pixels;
        int nearLeft = in[near] & 0xFF;
        int farLeft = in[far] & 0xFF;
        out[0] = (byte) (3 * nearLeft + farLeft + 2 >> 2);
        int pairs = width - 1 >> 1;
        for (int i = 1; i <= pairs; i++) {
            int nearRight = in[near + i] & 0xFF;
            int farRight = in[far + i] & 0xFF;
            int sum = nearLeft + nearRight + farLeft + farRight + 8;
            out[2 * i - 1] = (byte) ((sum + 2 * (nearRight + farLeft) >> 3) + nearLeft >> 1);
            out[2 * i] = (byte) ((sum + 2 * (nearLeft + farRight) >> 3) + nearRight >> 1);
            nearLeft = nearRight;
            farLeft = farRight;
        }
        if (width % 2 == 0) {
            out[width - 1] = (byte) (3 * nearLeft + farLeft + 2 >> 2);
        }
    }

    /// ITU-R BT.601 for levels 16 to 235, in fourteen fraction bits, rounded as libwebp does.
    private void convert(int lumaStart) {
        byte[] in = luma.pixels;
        for (int x = 0, to = 0; x < width; x++) {
            int y = (in[lumaStart + x] & 0xFF) * 19077 >> 8;
            int u = blueRow[x] & 0xFF;
            int v = redRow[x] & 0xFF;
            rgb[to++] = level(y + (v * 26149 >> 8) - 14234);
            rgb[to++] = level(y - (u * 6419 >> 8) - (v * 13320 >> 8) + 8708);
            rgb[to++] = level(y + (u * 33050 >> 8) - 17685);
        }
    }

    private static byte level(int value) {
        return (byte) Math.min(Math.max(value >> 6, 0), 255);
    }
}
