package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// The bits of a lossless image, from the right of each byte.
final class LosslessBits {
    private final byte[] file;
    private final int end;
    private int at;
    private long buffer;
    private int count;

    /// @param start where in the file the image starts
    /// @param end where it ends
    LosslessBits(byte[] file, int start, int end) {
        this.file = file;
        this.end = end;
        at = start;
    }

    private void fill() {
        while (count <= 56 && at < end) {
            buffer |= (file[at++] & 0xFFL) << count;
            count += 8;
        }
    }

    /// The next bits, without taking them; zeros where there are none.
    ///
    /// @param bits at most 32
    int peek(int bits) {
        if (count < bits) {
            fill();
        }
        return (int) (buffer & (1L << bits) - 1);
    }

    /// Takes bits that were looked at.
    void take(int bits) {
        count -= bits;
        if (count < 0) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        buffer >>>= bits;
    }

    /// The next bits as a number.
    int number(int bits) {
        int number = peek(bits);
        take(bits);
        return number;
    }

    boolean flag() {
        return number(1) == 1;
    }
}
