package haricot.picture.jpeg;

/// The inverse cosine transform of an 8 × 8 block together with the means of its 2 × 2 squares: a block of 4 × 4 pixels.
///
/// The mean of two neighbouring samples of a wave is that wave, weaker by the cosine of half a step, at every second place;
/// waves too fast for four places look like slower ones of the other sign. So coefficients are weighted and folded, eight
/// to four, and transformed by the short transform: the means are exact but for rounding, at half the work.
final class HalfIdct {
    private static final float C1 = (float) Math.cos(Math.PI / 8);
    private static final float C2 = (float) Math.cos(Math.PI / 4);
    private static final float C3 = (float) Math.cos(3 * Math.PI / 8);
    private static final int HALF_WAY = 4;
    /// The level shift of 128, and a half for rounding.
    private static final float SHIFT = 128.5f;

    /// Quantisation times weights; none for the waves that cancel out.
    private final float[] weights = new float[64];
    private final float[] folded = new float[16];

    HalfIdct(int[] quantisation) {
        for (int i = 0; i < 64; i++) {
            weights[i] = quantisation[i] * weight(i / 8) * weight(i % 8);
        }
    }

    private static float weight(int wave) {
        if (wave == 0) {
            return (float) (Math.sqrt(0.5) / 2);
        }
        double cosine = Math.cos(wave * Math.PI / 16) / 2;
        return (float) (wave == HALF_WAY ? 0 : wave < HALF_WAY ? cosine : -cosine);
    }

    /// Transforms a block.
    ///
    /// @param in coefficients in natural order
    /// @param from where in them the block starts
    /// @param rows four rows that the samples, 0 to 255, go to
    /// @param row the first of them
    /// @param column where in each of them
    void transform(short[] in, int from, byte[][] rows, int row, int column) {
        for (int v = 0; v < 4; v++) {
            fold(in, from, v);
        }
        float[] f = folded;
        for (int u = 0; u < 4; u++) {
            float even = f[8 + u] * C2;
            float a = f[u] + even;
            float b = f[u] - even;
            float outer = f[4 + u] * C1 + f[12 + u] * C3;
            float inner = f[4 + u] * C3 - f[12 + u] * C1;
            f[u] = a + outer;
            f[4 + u] = b + inner;
            f[8 + u] = b - inner;
            f[12 + u] = a - outer;
        }
        for (int y = 0; y < 4; y++) {
            byte[] out = rows[row + y];
            float first = f[4 * y] + SHIFT;
            float even = f[4 * y + 2] * C2;
            float outer = f[4 * y + 1] * C1 + f[4 * y + 3] * C3;
            float inner = f[4 * y + 1] * C3 - f[4 * y + 3] * C1;
            out[column] = clamp(first + even + outer);
            out[column + 1] = clamp(first - even + inner);
            out[column + 2] = clamp(first - even - inner);
            out[column + 3] = clamp(first + even - outer);
        }
    }

    private void fold(short[] in, int from, int v) {
        int slow = v * 8;
        float[] w = weights;
        float[] f = folded;
        int at = from + slow;
        f[4 * v] = in[at] * w[slow];
        for (int u = 1; u < 4; u++) {
            f[4 * v + u] = in[at + u] * w[slow + u] + in[at + 8 - u] * w[slow + 8 - u];
        }
        if (v > 0) {
            int fast = 64 - slow;
            at = from + fast;
            f[4 * v] += in[at] * w[fast];
            for (int u = 1; u < 4; u++) {
                f[4 * v + u] += in[at + u] * w[fast + u] + in[at + 8 - u] * w[fast + 8 - u];
            }
        }
    }

    private static byte clamp(float level) {
        return (byte) Math.min(Math.max((int) level, 0), 255);
    }
}
