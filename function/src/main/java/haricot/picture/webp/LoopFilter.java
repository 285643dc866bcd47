package haricot.picture.webp;

/// Smooths the edges of blocks (RFC 6386, 15).
final class LoopFilter {

    /// How strongly the edges of a macroblock are smoothed.
    ///
    /// @param limit largest difference across an inner edge, 0 for no filter at all
    /// @param inside largest difference between neighbours beside it
    /// @param busy difference beside the edge over which less is changed
    record Strength(int limit, int inside, int busy) {

        /// @param wanted level, which may be out of the range 0 to 63
        /// @param sharpness 0 to 7
        static Strength of(int wanted, int sharpness) {
            int level = Math.min(Math.max(wanted, 0), 63);
            int inside = level;
            if (sharpness > 0) {
                inside = Math.min(inside >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
            }
            inside = Math.max(inside, 1);
            return new Strength(level == 0 ? 0 : 2 * level + inside, inside, level >= 40 ? 2 : level >= 15 ? 1 : 0);
        }
    }

    private LoopFilter() {}

    /// Filters an edge in the simple way, luma alone.
    ///
    /// @param at the first pixel behind the edge
    /// @param across from there to the next pixel away from the edge
    /// @param along to the next pixel along the edge
    /// @param limit as of [Strength], four more for edges of macroblocks
    static void simple(byte[] pixels, int at, int across, int along, int limit) {
        int most = 2 * limit + 1;
        for (int i = 0, k = at; i < 16; i++, k += along) {
            int p1 = pixels[k - 2 * across] & 0xFF;
            int p0 = pixels[k - across] & 0xFF;
            int q0 = pixels[k] & 0xFF;
            int q1 = pixels[k + across] & 0xFF;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) <= most) {
                two(pixels, k, across, p1, p0, q0, q1);
            }
        }
    }

    /// Filters an edge in the normal way.
    ///
    /// @param length how long it is, in pixels
    /// @param outer whether it is an edge of a macroblock
    static void normal(byte[] pixels, int at, int across, int along, int length, Strength strength, boolean outer) {
        int most = 2 * (strength.limit + (outer ? 4 : 0)) + 1;
        int inside = strength.inside;
        for (int i = 0, k = at; i < length; i++, k += along) {
            int p1 = pixels[k - 2 * across] & 0xFF;
            int p0 = pixels[k - across] & 0xFF;
            int q0 = pixels[k] & 0xFF;
            int q1 = pixels[k + across] & 0xFF;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) {
                continue;
            }
            int p2 = pixels[k - 3 * across] & 0xFF;
            int q2 = pixels[k + 2 * across] & 0xFF;
            boolean even = Math.abs((pixels[k - 4 * across] & 0xFF) - p2) <= inside && Math.abs(p2 - p1) <= inside
                    && Math.abs(p1 - p0) <= inside && Math.abs((pixels[k + 3 * across] & 0xFF) - q2) <= inside
                    && Math.abs(q2 - q1) <= inside && Math.abs(q1 - q0) <= inside;
            if (!even) {
                continue;
            }
            if (Math.abs(p1 - p0) > strength.busy || Math.abs(q1 - q0) > strength.busy) {
                two(pixels, k, across, p1, p0, q0, q1);
            } else if (outer) {
                six(pixels, k, across, p2, p1, p0, q0, q1, q2);
            } else {
                four(pixels, k, across, p1, p0, q0, q1);
            }
        }
    }

    private static void two(byte[] pixels, int k, int across, int p1, int p0, int q0, int q1) {
        int a = 3 * (q0 - p0) + signed(p1 - q1);
        pixels[k - across] = level(p0 + small(a + 3 >> 3));
        pixels[k] = level(q0 - small(a + 4 >> 3));
    }

    private static void four(byte[] pixels, int k, int across, int p1, int p0, int q0, int q1) {
        int a = 3 * (q0 - p0);
        int a1 = small(a + 4 >> 3);
        int a3 = a1 + 1 >> 1;
        pixels[k - 2 * across] = level(p1 + a3);
        pixels[k - across] = level(p0 + small(a + 3 >> 3));
        pixels[k] = level(q0 - a1);
        pixels[k + across] = level(q1 - a3);
    }

    private static void six(byte[] pixels, int k, int across, int p2, int p1, int p0, int q0, int q1, int q2) {
        int a = signed(3 * (q0 - p0) + signed(p1 - q1));
        int a1 = 27 * a + 63 >> 7;
        int a2 = 18 * a + 63 >> 7;
        int a3 = 9 * a + 63 >> 7;
        pixels[k - 3 * across] = level(p2 + a3);
        pixels[k - 2 * across] = level(p1 + a2);
        pixels[k - across] = level(p0 + a1);
        pixels[k] = level(q0 - a1);
        pixels[k + across] = level(q1 - a2);
        pixels[k + 2 * across] = level(q2 - a3);
    }

    private static int signed(int value) {
        return Math.min(Math.max(value, -128), 127);
    }

    private static int small(int value) {
        return Math.min(Math.max(value, -16), 15);
    }

    private static byte level(int value) {
        return (byte) Math.min(Math.max(value, 0), 255);
    }
}
