package haricot.picture.webp;

import java.util.Arrays;

/// Reads how macroblocks are predicted (RFC 6386, 8 and 11).
final class Vp8Modes {
    private static final int NINE = 9;
    private static final int TEN = 10;

    private final Vp8Header header;
    private final BoolReader bits;
    /// Modes of the 4 x 4 blocks above and on the left.
    private final int[] above;
    private final int[] left = new int[4];

    /// Of the macroblock that was read last:
    int segment;
    boolean skipped;
    /// Whether its luma is predicted as one.
    boolean whole;
    /// Modes of its luma blocks; the first alone if predicted as one.
    final int[] luma = new int[16];
    int chroma;

    Vp8Modes(Vp8Header header, int macroblocksWide) {
        this.header = header;
        bits = header.modes;
        above = new int[4 * macroblocksWide];
    }

    void startRow() {
        Arrays.fill(left, IntraPrediction.DC);
    }

    void read(int column) {
        int[] p = header.segmentProbabilities;
        segment = 0;
        if (header.segmentsMapped) {
            segment = bits.bit(p[0]) == 0 ? bits.bit(p[1]) : 2 + bits.bit(p[2]);
        }
        skipped = header.skipProbability > 0 && bits.bit(header.skipProbability) == 1;
        whole = bits.bit(145) == 1;
        if (whole) {
            readWhole(column);
        } else {
            readSmall(column);
        }
        if (bits.bit(142) == 0) {
            chroma = IntraPrediction.DC;
        } else if (bits.bit(114) == 0) {
            chroma = IntraPrediction.VERTICAL;
        } else {
            chroma = bits.bit(183) == 0 ? IntraPrediction.HORIZONTAL : IntraPrediction.TRUE_MOTION;
        }
    }

    private void readWhole(int column) {
        if (bits.bit(156) == 0) {
            luma[0] = bits.bit(163) == 0 ? IntraPrediction.DC : IntraPrediction.VERTICAL;
        } else {
            luma[0] = bits.bit(128) == 0 ? IntraPrediction.HORIZONTAL : IntraPrediction.TRUE_MOTION;
        }
        Arrays.fill(above, 4 * column, 4 * column + 4, luma[0]);
        Arrays.fill(left, luma[0]);
    }

    private void readSmall(int column) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int up = 4 * column + x;
                int mode = mode((above[up] * TEN + left[y]) * NINE);
                above[up] = mode;
                left[y] = mode;
                luma[4 * y + x] = mode;
            }
        }
    }

    /// The tree of the ten modes, in the numbers of [IntraPrediction].
    private int mode(int p) {
        int[] table = Vp8Tables.MODES;
        for (int mode = 0; mode < 3; mode++) {
            if (bits.bit(table[p + mode]) == 0) {
                return mode;
            }
        }
        if (bits.bit(table[p + 3]) == 0) {
            if (bits.bit(table[p + 4]) == 0) {
                return 3;
            }
            return bits.bit(table[p + 5]) == 0 ? 5 : 6;
        }
        if (bits.bit(table[p + 6]) == 0) {
            return 4;
        }
        if (bits.bit(table[p + 7]) == 0) {
            return 7;
        }
        return bits.bit(table[p + 8]) == 0 ? 8 : 9;
    }
}
