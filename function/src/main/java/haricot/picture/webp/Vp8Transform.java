package haricot.picture.webp;

/// The inverse transforms of VP8 (RFC 6386, 14.3 and 14.4).
final class Vp8Transform {
    private static final int SINE = 35468;
    private static final int COSINE = 20091;

    private final int[] work = new int[16];

    /// The Walsh-Hadamard transform, whose results are the first coefficients of sixteen blocks.
    static void spread(short[] in, short[] blocks) {
        int[] tmp = new int[16];
        for (int i = 0; i < 4; i++) {
            int a0 = in[i] + in[12 + i];
            int a1 = in[4 + i] + in[8 + i];
            int a2 = in[4 + i] - in[8 + i];
            int a3 = in[i] - in[12 + i];
            tmp[i] = a0 + a1;
            tmp[8 + i] = a0 - a1;
            tmp[4 + i] = a3 + a2;
            tmp[12 + i] = a3 - a2;
        }
        for (int i = 0; i < 4; i++) {
            int dc = tmp[4 * i] + 3;
            int a0 = dc + tmp[4 * i + 3];
            int a1 = tmp[4 * i + 1] + tmp[4 * i + 2];
            int a2 = tmp[4 * i + 1] - tmp[4 * i + 2];
            int a3 = dc - tmp[4 * i + 3];
            blocks[64 * i] = (short) (a0 + a1 >> 3);
            blocks[64 * i + 16] = (short) (a3 + a2 >> 3);
            blocks[64 * i + 32] = (short) (a0 - a1 >> 3);
            blocks[64 * i + 48] = (short) (a3 - a2 >> 3);
        }
    }

    /// The cosine transform of a block of 4 x 4, added to what was predicted.
    ///
    /// @param from where the block's coefficients start
    /// @param at where its upper left pixel is
    void add(short[] in, int from, byte[] pixels, int at, int stride) {
        int[] tmp = work;
        for (int i = 0; i < 4; i++) {
            int k = from + i;
            int a = in[k] + in[k + 8];
            int b = in[k] - in[k + 8];
            int c = sine(in[k + 4]) - cosine(in[k + 12]);
            int d = cosine(in[k + 4]) + sine(in[k + 12]);
            tmp[4 * i] = a + d;
            tmp[4 * i + 1] = b + c;
            tmp[4 * i + 2] = b - c;
            tmp[4 * i + 3] = a - d;
        }
        for (int i = 0; i < 4; i++) {
            int dc = tmp[i] + 4;
            int a = dc + tmp[8 + i];
            int b = dc - tmp[8 + i];
            int c = sine(tmp[4 + i]) - cosine(tmp[12 + i]);
            int d = cosine(tmp[4 + i]) + sine(tmp[12 + i]);
            int to = at + i * stride;
            pixels[to] = clamp((pixels[to] & 0xFF) + (a + d >> 3));
            pixels[to + 1] = clamp((pixels[to + 1] & 0xFF) + (b + c >> 3));
            pixels[to + 2] = clamp((pixels[to + 2] & 0xFF) + (b - c >> 3));
            pixels[to + 3] = clamp((pixels[to + 3] & 0xFF) + (a - d >> 3));
        }
    }

    private static int sine(int a) {
        return a * SINE >> 16;
    }

    private static int cosine(int a) {
        return (a * COSINE >> 16) + a;
    }

    private static byte clamp(int level) {
        return (byte) Math.min(Math.max(level, 0), 255);
    }
}
