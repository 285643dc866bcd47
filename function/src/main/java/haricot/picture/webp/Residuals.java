package haricot.picture.webp;

import java.util.Arrays;

/// Reads the coefficients of macroblocks (RFC 6386, 13).
final class Residuals {
    /// Kinds of blocks, by their place in the probabilities.
    private static final int LUMA_REST = 0;
    private static final int SECOND = 1;
    private static final int CHROMA = 2;
    private static final int LUMA_WHOLE = 3;
    private static final int KIND = 8 * 3 * 11;
    private static final int BAND = 3 * 11;
    private static final int CONTEXT = 11;
    /// Where the probabilities of a coefficient's band start; one more than there are coefficients.
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[][] LARGE = {{173, 148, 140}, {176, 155, 140, 135}, {180, 157, 141, 134, 130},
            {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}};
    /// Of the marks of a macroblock: four of luma, two of each chroma, one of the second order.
    private static final int MARKS = 9;

    private final int[] probabilities;
    /// Whether blocks above have coefficients, nine marks a macroblock.
    private final int[] above;
    private final int[] left = new int[MARKS];
    /// Sixteen luma blocks, four of each chroma, sixteen coefficients each.
    final short[] coefficients = new short[24 * 16];
    private final short[] second = new short[16];

    Residuals(int[] probabilities, int macroblocksWide) {
        this.probabilities = probabilities;
        above = new int[macroblocksWide * MARKS];
    }

    void startRow() {
        Arrays.fill(left, 0);
    }

    /// A macroblock without coefficients.
    ///
    /// @param whole whether its luma is predicted as one
    void skip(int column, boolean whole) {
        int count = whole ? MARKS : MARKS - 1;
        Arrays.fill(left, 0, count, 0);
        Arrays.fill(above, column * MARKS, column * MARKS + count, 0);
    }

    /// Reads a macroblock's coefficients.
    ///
    /// @return whether there are any but zeros
    boolean read(BoolReader bits, int column, boolean whole, Vp8Quantiser quantiser) {
        Arrays.fill(coefficients, (short) 0);
        int up = column * MARKS;
        if (whole) {
            readSecond(bits, up, quantiser);
        }
        boolean any = false;
        int kind = whole ? LUMA_REST : LUMA_WHOLE;
        int first = whole ? 1 : 0;
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int at = (4 * y + x) * 16;
                int last = block(bits, kind, left[y] + above[up + x], quantiser.lumaFirst(), quantiser.luma(), first,
                        coefficients, at);
                left[y] = above[up + x] = last > first ? 1 : 0;
                any |= last > 1 || coefficients[at] != 0;
            }
        }
        for (int plane = 4; plane < 8; plane += 2) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 2; x++) {
                    int at = (16 + 2 * (plane - 4) + 2 * y + x) * 16;
                    int last = block(bits, CHROMA, left[plane + y] + above[up + plane + x], quantiser.chromaFirst(),
                            quantiser.chroma(), 0, coefficients, at);
                    left[plane + y] = above[up + plane + x] = last > 0 ? 1 : 0;
                    any |= last > 1 || coefficients[at] != 0;
                }
            }
        }
        return any;
    }

    /// The first coefficients of all luma blocks, which have a transform of their own.
    private void readSecond(BoolReader bits, int up, Vp8Quantiser quantiser) {
        Arrays.fill(second, (short) 0);
        int last = block(bits, SECOND, left[8] + above[up + 8], quantiser.secondFirst(), quantiser.second(), 0, second,
                0);
        left[8] = above[up + 8] = last > 0 ? 1 : 0;
        Vp8Transform.spread(second, coefficients);
    }

    /// @return one more than the place of the last coefficient that is there
    private int block(BoolReader bits, int kind, int context, int firstStep, int step, int from, short[] out, int at) {
        int[] p = probabilities;
        int base = kind * KIND;
        int n = from;
        int i = base + BANDS[n] * BAND + context * CONTEXT;
        while (n < 16) {
            if (bits.bit(p[i]) == 0) {
                return n;
            }
            while (bits.bit(p[i + 1]) == 0) {
                n++;
                if (n == 16) {
                    return 16;
                }
                i = base + BANDS[n] * BAND;
            }
            int value = 1;
            int next = base + BANDS[n + 1] * BAND;
            if (bits.bit(p[i + 2]) == 0) {
                i = next + CONTEXT;
            } else {
                value = large(bits, i);
                i = next + 2 * CONTEXT;
            }
            out[at + ZIGZAG[n]] = (short) ((bits.bit(128) == 1 ? -value : value) * (n > 0 ? step : firstStep));
            n++;
        }
        return 16;
    }

    private int large(BoolReader bits, int i) {
        int[] p = probabilities;
        if (bits.bit(p[i + 3]) == 0) {
            return bits.bit(p[i + 4]) == 0 ? 2 : 3 + bits.bit(p[i + 5]);
        }
        if (bits.bit(p[i + 6]) == 0) {
            return bits.bit(p[i + 7]) == 0 ? 5 + bits.bit(159) : 7 + 2 * bits.bit(165) + bits.bit(145);
        }
        int high = bits.bit(p[i + 8]);
        int category = 2 * high + bits.bit(p[i + 9 + high]);
        int value = 0;
        for (int probability : LARGE[category]) {
            value = 2 * value + bits.bit(probability);
        }
        return value + 3 + (8 << category);
    }
}
