package haricot.picture.colour;

/// A colour space of three curves and a matrix, converted to sRGB by way of linear light.
final class MatrixProfile implements ColourProfile {
    /// The colours of sRGB adapted to D50 (IEC 61966-2-1 with ICC.1, annex E): X, Y, Z of red, green and blue.
    private static final float[][] SRGB = {{0.43607f, 0.22249f, 0.01392f}, {0.38515f, 0.71687f, 0.09708f},
            {0.14307f, 0.06061f, 0.71410f}};
    /// Sixteen thousand steps of light are finer than a quarter of a level where sRGB is steepest, near black.
    private static final int STEPS = 1 << 14;
    private static final byte[] LEVELS = levels();
    /// A profile that moves nothing by more is sRGB with other roundings.
    private static final int NOTICEABLE = 1;

    private final float[][] curves;
    private final float[] matrix;

    /// @param curves light by level, of red, green and blue
    /// @param colours X, Y and Z of each; `null` for grey
    MatrixProfile(float[][] curves, float[][] colours) {
        this.curves = curves;
        matrix = colours == null ? new float[]{1, 0, 0, 0, 1, 0, 0, 0, 1} : toSrgb(colours);
    }

    private static byte[] levels() {
        byte[] levels = new byte[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double light = (double) i / STEPS;
            double level = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            levels[i] = (byte) Math.round(level * 255);
        }
        return levels;
    }

    /// The matrix from one space's light to the other's, by Cramer's rule.
    private static float[] toSrgb(float[][] colours) {
        float[] matrix = new float[9];
        double whole = determinant(SRGB[0], SRGB[1], SRGB[2]);
        for (int from = 0; from < 3; from++) {
            float[] colour = colours[from];
            matrix[from] = (float) (determinant(colour, SRGB[1], SRGB[2]) / whole);
            matrix[3 + from] = (float) (determinant(SRGB[0], colour, SRGB[2]) / whole);
            matrix[6 + from] = (float) (determinant(SRGB[0], SRGB[1], colour) / whole);
        }
        return matrix;
    }

    private static double determinant(float[] a, float[] b, float[] c) {
        return a[0] * ((double) b[1] * c[2] - (double) b[2] * c[1])
                - b[0] * ((double) a[1] * c[2] - (double) a[2] * c[1])
                + c[0] * ((double) a[1] * b[2] - (double) a[2] * b[1]);
    }

    /// Whether any colour of a grid looks different afterwards.
    boolean changesColours() {
        byte[] pixel = new byte[3];
        for (int i = 0; i < 9 * 9 * 9; i++) {
            int[] levels = {i % 9 * 255 / 8, i / 9 % 9 * 255 / 8, i / 81 * 255 / 8};
            for (int k = 0; k < 3; k++) {
                pixel[k] = (byte) levels[k];
            }
            toSrgb(pixel, 1);
            for (int k = 0; k < 3; k++) {
                if (Math.abs((pixel[k] & 0xFF) - levels[k]) > NOTICEABLE) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void toSrgb(byte[] pixels, int count) {
        float[] m = matrix;
        for (int i = 0; i < 3 * count; i += 3) {
            float red = curves[0][pixels[i] & 0xFF];
            float green = curves[1][pixels[i + 1] & 0xFF];
            float blue = curves[2][pixels[i + 2] & 0xFF];
            pixels[i] = level(m[0] * red + m[1] * green + m[2] * blue);
            pixels[i + 1] = level(m[3] * red + m[4] * green + m[5] * blue);
            pixels[i + 2] = level(m[6] * red + m[7] * green + m[8] * blue);
        }
    }

    private static byte level(float light) {
        return LEVELS[(int) (Math.min(Math.max(light, 0), 1) * STEPS + 0.5f)];
    }
}
