package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// The arithmetic decoder of VP8 (RFC 6386, 7): bits with probabilities.
final class BoolReader {
    private final byte[] file;
    private final int end;
    private int at;
    /// The window of the data, of which the upper bits are compared.
    private long value;
    /// How many bits of the window lie below the eight that are compared; negative when it must be filled.
    private int bits = -8;
    /// One less than the width of the interval, 127 to 254 between reads.
    private int range = 254;
    private boolean overrun;

    /// @param start where in the file its data start
    /// @param end where they end
    BoolReader(byte[] file, int start, int end) {
        this.file = file;
        this.end = end;
        at = start;
    }

    /// The next bit.
    ///
    /// @param probability of a zero, in 256ths
    int bit(int probability) {
        if (bits < 0) {
            fill();
        }
        int split = range * probability >> 8;
        int upper = (int) (value >> bits);
        int bit;
        if (upper > split) {
            range -= split + 1;
            value -= (long) (split + 1) << bits;
            bit = 1;
        } else {
            range = split;
            bit = 0;
        }
        // The width is doubled until it is at least 128 again.
        if (range < 0x7F) {
            int shift = Integer.numberOfLeadingZeros(range + 1) - 24;
            range = (range + 1 << shift) - 1;
            bits -= shift;
        }
        return bit;
    }

    private void fill() {
        while (bits < 40 && at < end) {
            value = value << 8 | file[at++] & 0xFF;
            bits += 8;
        }
        if (bits < 0) {
            // An encoder ends with enough bits: a decoder that needs more has a file with a piece missing.
            overrun = true;
            value <<= 8;
            bits += 8;
        }
    }

    /// A number without sign.
    int number(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 1 | bit(128);
        }
        return number;
    }

    boolean flag() {
        return bit(128) == 1;
    }

    /// A number with its sign behind it.
    int signed(int count) {
        int number = number(count);
        return flag() ? -number : number;
    }

    /// A flag, and a signed number where it is set, else 0.
    int optional(int count) {
        return flag() ? signed(count) : 0;
    }

    /// Refuses data that end too early.
    void check() {
        if (overrun) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
    }
}
