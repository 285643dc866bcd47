package haricot.picture.jpeg;

/// The inverse cosine transform of 8 × 8 blocks in integers after Loeffler, Ligtenberg and Moschytz (1989), with the
/// rounding of libjpeg's accurate integer method, so that pixels equal those of the programs that use it.
final class Idct {
    private static final int BITS = 13;
    /// Fraction bits kept between the two passes.
    private static final int PASS = 2;
    private static final int C0298 = 2446;
    private static final int C0390 = 3196;
    private static final int C0541 = 4433;
    private static final int C0765 = 6270;
    private static final int C0899 = 7373;
    private static final int C1175 = 9633;
    private static final int C1501 = 12299;
    private static final int C1847 = 15137;
    private static final int C1961 = 16069;
    private static final int C2053 = 16819;
    private static final int C2562 = 20995;
    private static final int C3072 = 25172;

    private final int[] work = new int[64];

    /// Transforms a block.
    ///
    /// @param coefficients in natural order
    /// @param from where in them the block starts
    /// @param quantisation what to multiply them with
    /// @param rows eight rows that the samples, 0 to 255, go to
    /// @param row the first of them
    /// @param column where in each of them
    void transform(short[] coefficients, int from, int[] quantisation, byte[][] rows, int row, int column) {
        for (int i = 0; i < 8; i++) {
            column(coefficients, from + i, quantisation, i);
        }
        for (int i = 0; i < 8; i++) {
            row(i * 8, rows[row + i], column);
        }
    }

    private void column(short[] in, int at, int[] q, int i) {
        int[] out = work;
        if ((in[at + 8] | in[at + 16] | in[at + 24] | in[at + 32] | in[at + 40] | in[at + 48] | in[at + 56]) == 0) {
            int flat = in[at] * q[i] << PASS;
            for (int k = i; k < 64; k += 8) {
                out[k] = flat;
            }
            return;
        }
        int z2 = in[at + 16] * q[i + 16];
        int z3 = in[at + 48] * q[i + 48];
        int z1 = (z2 + z3) * C0541;
        int even2 = z1 - z3 * C1847;
        int even3 = z1 + z2 * C0765;
        int first = in[at] * q[i];
        int middle = in[at + 32] * q[i + 32];
        int even0 = first + middle << BITS;
        int even1 = first - middle << BITS;
        int s0 = even0 + even3;
        int s3 = even0 - even3;
        int s1 = even1 + even2;
        int s2 = even1 - even2;

        int t0 = in[at + 56] * q[i + 56];
        int t1 = in[at + 40] * q[i + 40];
        int t2 = in[at + 24] * q[i + 24];
        int t3 = in[at + 8] * q[i + 8];
        int y3 = t0 + t2;
        int y4 = t1 + t3;
        int y5 = (y3 + y4) * C1175;
        int y1 = -(t0 + t3) * C0899;
        int y2 = -(t1 + t2) * C2562;
        y3 = y5 - y3 * C1961;
        y4 = y5 - y4 * C0390;
        t0 = t0 * C0298 + y1 + y3;
        t1 = t1 * C2053 + y2 + y4;
        t2 = t2 * C3072 + y2 + y3;
        t3 = t3 * C1501 + y1 + y4;

        int half = 1 << BITS - PASS - 1;
        int shift = BITS - PASS;
        out[i] = s0 + t3 + half >> shift;
        out[i + 56] = s0 - t3 + half >> shift;
        out[i + 8] = s1 + t2 + half >> shift;
        out[i + 48] = s1 - t2 + half >> shift;
        out[i + 16] = s2 + t1 + half >> shift;
        out[i + 40] = s2 - t1 + half >> shift;
        out[i + 24] = s3 + t0 + half >> shift;
        out[i + 32] = s3 - t0 + half >> shift;
    }

    private void row(int at, byte[] out, int to) {
        int[] in = work;
        int shift = BITS + PASS + 3;
        // The level shift of 128 and the half of rounding, in the scale of the second pass.
        int half = (128 << shift) + (1 << shift - 1);
        int z2 = in[at + 2];
        int z3 = in[at + 6];
        int z1 = (z2 + z3) * C0541;
        int even2 = z1 - z3 * C1847;
        int even3 = z1 + z2 * C0765;
        int even0 = (in[at] + in[at + 4] << BITS) + half;
        int even1 = (in[at] - in[at + 4] << BITS) + half;
        int s0 = even0 + even3;
        int s3 = even0 - even3;
        int s1 = even1 + even2;
        int s2 = even1 - even2;

        int t0 = in[at + 7];
        int t1 = in[at + 5];
        int t2 = in[at + 3];
        int t3 = in[at + 1];
        int y3 = t0 + t2;
        int y4 = t1 + t3;
        int y5 = (y3 + y4) * C1175;
        int y1 = -(t0 + t3) * C0899;
        int y2 = -(t1 + t2) * C2562;
        y3 = y5 - y3 * C1961;
        y4 = y5 - y4 * C0390;
        t0 = t0 * C0298 + y1 + y3;
        t1 = t1 * C2053 + y2 + y4;
        t2 = t2 * C3072 + y2 + y3;
        t3 = t3 * C1501 + y1 + y4;

        out[to] = clamp(s0 + t3 >> shift);
        out[to + 7] = clamp(s0 - t3 >> shift);
        out[to + 1] = clamp(s1 + t2 >> shift);
        out[to + 6] = clamp(s1 - t2 >> shift);
        out[to + 2] = clamp(s2 + t1 >> shift);
        out[to + 5] = clamp(s2 - t1 >> shift);
        out[to + 3] = clamp(s3 + t0 >> shift);
        out[to + 4] = clamp(s3 - t0 >> shift);
    }

    private static byte clamp(int level) {
        return (byte) Math.min(Math.max(level, 0), 255);
    }
}
