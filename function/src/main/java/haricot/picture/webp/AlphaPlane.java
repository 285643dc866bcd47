package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.webp.Riff.Chunk;

/// How opaque the pixels of a lossy picture are (RFC 9649, 2.7.1.2): a byte each, all of them in memory.
final class AlphaPlane {
    private final int width;
    /// Row after row; empty for a picture without alpha.
    private final byte[] levels;
    private final byte[] row;
    private int next;

    private AlphaPlane(int width, byte[] levels) {
        this.width = width;
        this.levels = levels;
        row = new byte[width];
    }

    /// Nothing can be seen through.
    static AlphaPlane none() {
        return new AlphaPlane(0, new byte[0]);
    }

    static AlphaPlane read(byte[] file, Chunk chunk, int width, int height) {
        if (chunk.length() < 1) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP, "its alpha is empty");
        }
        int head = file[chunk.start()];
        byte[] levels = new byte[width * height];
        int start = chunk.start() + 1;
        switch (head & 3) {
            case 0 -> {
                if (chunk.length() - 1 < levels.length) {
                    throw UnreadablePicture.truncated(ImageFormat.WEBP);
                }
                System.arraycopy(file, start, levels, 0, levels.length);
            }
            case 1 -> readLossless(new LosslessBits(file, start, chunk.end()), width, height, levels);
            default -> throw UnreadablePicture.damaged(ImageFormat.WEBP, "its alpha is compressed in an unknown way");
        }
        unfilter(head >> 2 & 3, levels, width);
        return new AlphaPlane(width, levels);
    }

    private static void readLossless(LosslessBits bits, int width, int height, byte[] levels) {
        int[] at = {0};
        new LosslessImage(bits).decode(width, height, pixels -> {
            for (int x = 0; x < width; x++) {
                levels[at[0]++] = (byte) (pixels[x] >> 8);
            }
        });
    }

    /// @param filter 0 none, 1 from the left, 2 from above, 3 by the gradient
    private static void unfilter(int filter, byte[] levels, int width) {
        for (int i = 1; i < levels.length && filter > 0; i++) {
            int x = i % width;
            int left = x == 0 ? 0 : levels[i - 1] & 0xFF;
            int predicted;
            if (i < width) {
                predicted = left;
            } else {
                int up = levels[i - width] & 0xFF;
                int corner = x == 0 ? 0 : levels[i - width - 1] & 0xFF;
                predicted = switch (x == 0 ? 2 : filter) {
                    case 1 -> left;
                    case 2 -> up;
                    default -> Math.min(Math.max(left + up - corner, 0), 255);
                };
            }
            levels[i] += (byte) predicted;
        }
    }

    boolean opaque() {
        return levels.length == 0;
    }

    /// The next row.
    byte[] row() {
        System.arraycopy(levels, next, row, 0, width);
        next += width;
        return row;
    }
}
