package haricot.picture.webp;

/// Predicts blocks from the pixels above and on the left of them (RFC 6386, 12).
final class IntraPrediction {
    /// Modes of whole blocks, by their numbers among those of 4 x 4 blocks.
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    private static final int LEFT_DOWN = 4;
    private static final int RIGHT_DOWN = 5;
    private static final int VERTICAL_RIGHT = 6;
    private static final int VERTICAL_LEFT = 7;
    private static final int HORIZONTAL_DOWN = 8;
    private static final int HORIZONTAL_UP = 9;

    private final byte[] pixels;
    private final int stride;
    /// The pixels around a 4 x 4 block: from the lowest on its left up to its corner, and on along the row above: L, K, J,
    /// I, X, A, … H.
    private final int[] edge = new int[13];
    private int at;

    /// @param pixels what is predicted from and into
    IntraPrediction(byte[] pixels, int stride) {
        this.pixels = pixels;
        this.stride = stride;
    }

    /// Predicts a block as one.
    ///
    /// @param to where its upper left pixel is
    /// @param size 16 for luma, 8 for chroma
    /// @param top whether there is anything above it in the picture
    /// @param left whether there is anything on its left
    void whole(int mode, int to, int size, boolean top, boolean left) {
        switch (mode) {
            case DC -> fill(to, size, mean(to, size, top, left));
            case TRUE_MOTION -> trueMotion(to, size);
            case VERTICAL -> {
                for (int y = 0; y < size; y++) {
                    System.arraycopy(pixels, to - stride, pixels, to + y * stride, size);
                }
            }
            case HORIZONTAL -> {
                for (int y = 0; y < size; y++) {
                    int row = to + y * stride;
                    java.util.Arrays.fill(pixels, row, row + size, pixels[row - 1]);
                }
            }
            default -> throw new IllegalArgumentException("mode " + mode);
        }
    }

    private int mean(int to, int size, boolean top, boolean left) {
        if (!top && !left) {
            return 0x80;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += top ? pixels[to - stride + i] & 0xFF : 0;
            sum += left ? pixels[to + i * stride - 1] & 0xFF : 0;
        }
        int count = top && left ? 2 * size : size;
        return (sum + count / 2) / count;
    }

    private void fill(int to, int size, int level) {
        for (int y = 0; y < size; y++) {
            int row = to + y * stride;
            java.util.Arrays.fill(pixels, row, row + size, (byte) level);
        }
    }

    private void trueMotion(int to, int size) {
        int corner = pixels[to - stride - 1] & 0xFF;
        for (int y = 0; y < size; y++) {
            int row = to + y * stride;
            int change = (pixels[row - 1] & 0xFF) - corner;
            for (int x = 0; x < size; x++) {
                int level = (pixels[to - stride + x] & 0xFF) + change;
                pixels[row + x] = (byte) Math.min(Math.max(level, 0), 255);
            }
        }
    }

    /// Predicts a block of 4 x 4.
    ///
    /// @param to where its upper left pixel is
    void small(int mode, int to) {
        at = to;
        for (int i = 0; i < 4; i++) {
            edge[i] = pixels[to + (3 - i) * stride - 1] & 0xFF;
        }
        for (int i = 0; i < 9; i++) {
            edge[4 + i] = pixels[to - stride - 1 + i] & 0xFF;
        }
        switch (mode) {
            case DC -> fill(to, 4, (sum(0, 4) + sum(5, 9) + 4) / 8);
            case TRUE_MOTION -> trueMotion(to, 4);
            case VERTICAL -> vertical();
            case HORIZONTAL -> horizontal();
            case LEFT_DOWN -> leftDown();
            case RIGHT_DOWN -> rightDown();
            case VERTICAL_RIGHT -> verticalRight();
            case VERTICAL_LEFT -> verticalLeft();
            case HORIZONTAL_DOWN -> horizontalDown();
            case HORIZONTAL_UP -> horizontalUp();
            default -> throw new IllegalArgumentException("mode " + mode);
        }
    }

    private int sum(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += edge[i];
        }
        return sum;
    }

    private void set(int x, int y, int level) {
        pixels[at + x + y * stride] = (byte) level;
    }

    /// Mean of two neighbours, the second of which is given.
    private int two(int i) {
        return edge[i - 1] + edge[i] + 1 >> 1;
    }

    /// Weighted mean of three neighbours, the middle one of which is given.
    private int three(int i) {
        return edge[i - 1] + 2 * edge[i] + edge[i + 1] + 2 >> 2;
    }

    private void vertical() {
        for (int x = 0; x < 4; x++) {
            int level = three(5 + x);
            for (int y = 0; y < 4; y++) {
                set(x, y, level);
            }
        }
    }

    private void horizontal() {
        for (int y = 0; y < 4; y++) {
            int level = y < 3 ? three(3 - y) : edge[1] + 3 * edge[0] + 2 >> 2;
            for (int x = 0; x < 4; x++) {
                set(x, y, level);
            }
        }
    }

    private void leftDown() {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                set(x, y, x + y < 6 ? three(6 + x + y) : edge[11] + 3 * edge[12] + 2 >> 2);
            }
        }
    }

    private void rightDown() {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                set(x, y, three(4 + x - y));
            }
        }
    }

    private void verticalRight() {
        for (int x = 0; x < 4; x++) {
            set(x, 0, two(5 + x));
            set(x, 1, three(4 + x));
        }
        set(0, 2, three(3));
        set(0, 3, three(2));
        for (int x = 1; x < 4; x++) {
            set(x, 2, two(4 + x));
            set(x, 3, three(3 + x));
        }
    }

    private void verticalLeft() {
        for (int x = 0; x < 4; x++) {
            set(x, 0, two(6 + x));
            set(x, 1, three(6 + x));
            set(x, 2, x < 3 ? two(7 + x) : three(10));
            set(x, 3, x < 3 ? three(7 + x) : three(11));
        }
    }

    private void horizontalDown() {
        for (int y = 0; y < 4; y++) {
            set(0, y, two(4 - y));
            set(1, y, three(4 - y));
            set(2, y, y == 0 ? three(5) : two(5 - y));
            set(3, y, y == 0 ? three(6) : three(5 - y));
        }
    }

    private void horizontalUp() {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int step = x + 2 * y;
                int i = 3 - step / 2;
                int level;
                if (step > 5) {
                    level = edge[0];
                } else if (step == 5) {
                    level = edge[1] + 3 * edge[0] + 2 >> 2;
                } else {
                    level = step % 2 == 0 ? two(i) : three(i - 1);
                }
                set(x, y, level);
            }
        }
    }
}
