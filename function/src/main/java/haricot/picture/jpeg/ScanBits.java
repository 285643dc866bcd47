package haricot.picture.jpeg;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The bits of a scan, from the left of each byte, up to the next marker. What lies beyond reads as
/// zeros; [#check()] finds out whether any of those were used.
final class ScanBits {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] file;
    private int at;
    /// The next bits in its lowest [#count] ones.
    private long buffer;
    private int count;
    /// How many of them, the last ones, are not in the file.
    private int invented;

    ScanBits(byte[] file, int at) {
        this.file = file;
        this.at = at;
    }

    /// Makes sure that a code and the bits that follow it are there, 16 of each.
    private void fill() {
        if (count <= 32 && at + 4 <= file.length) {
            int four = (int) INTS.get(file, at);
            // No byte of the four is 0xFF: then the complement has no zero byte.
            int complement = ~four;
            if (((complement - 0x01010101) & ~complement & 0x80808080) == 0) {
                buffer = buffer << 32 | four & 0xFFFFFFFFL;
                count += 32;
                at += 4;
                return;
            }
        }
        while (count <= 48) {
            buffer = buffer << 8 | nextByte();
            count += 8;
        }
    }

    private int nextByte() {
        if (at < file.length) {
            int value = file[at] & 0xFF;
            if (value != 0xFF) {
                at++;
                return value;
            }
            int after = at + 1;
            while (after < file.length && file[after] == (byte) 0xFF) {
                after++;
            }
            if (after < file.length && file[after] == 0) {
                at = after + 1;
                return value;
            }
        }
        invented += 8;
        return 0;
    }

    /// The symbol of the next code.
    int symbol(HuffmanTable table) {
        if (count < 32) {
            fill();
        }
        int entry = table.lookup[(int) (buffer >>> (count - HuffmanTable.LOOKUP_BITS))
                & (1 << HuffmanTable.LOOKUP_BITS) - 1];
        if (entry == 0) {
            entry = table.search((int) (buffer >>> (count - 16)) & 0xFFFF);
        }
        count -= entry >> 8;
        return entry & 0xFF;
    }

    /// The next bits as a number.
    ///
    /// @param bits at most 16; right after [#symbol(HuffmanTable)] they are there for certain
    int bits(int bits) {
        if (count < bits) {
            fill();
        }
        count -= bits;
        return (int) (buffer >>> count) & (1 << bits) - 1;
    }

    /// The next bits as JPEG writes signed numbers (T.81, F.2.2.1, EXTEND).
    int signed(int bits) {
        int value = bits(bits);
        return value < 1 << bits >> 1 ? value - (1 << bits) + 1 : value;
    }

    /// Refuses a scan of which bits were used that are not there.
    void check() {
        if (count < invented) {
            throw UnreadablePicture.truncated(ImageFormat.JPEG);
        }
    }

    /// Goes on behind a restart marker.
    void restart() {
        check();
        buffer = 0;
        count = 0;
        invented = 0;
        at = marker();
        if (at + 1 < file.length && (file[at + 1] & 0xF8) == 0xD0) {
            at += 2;
            return;
        }
        throw at + 1 < file.length && file[at + 1] != (byte) 0xD9
                ? UnreadablePicture.damaged(ImageFormat.JPEG, "a restart marker is missing")
                : UnreadablePicture.truncated(ImageFormat.JPEG);
    }

    /// Where the next marker is, from here on; the end of the file if there is none.
    int marker() {
        for (int i = at; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xFF && file[i + 1] != 0 && file[i + 1] != (byte) 0xFF) {
                return i;
            }
        }
        return file.length;
    }
}
