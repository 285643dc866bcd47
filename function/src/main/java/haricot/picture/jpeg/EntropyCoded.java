package haricot.picture.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The coded data between two markers, which are nearly all of a file.
final class EntropyCoded {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;

    private EntropyCoded() {}

    /// Where the next byte of 0xFF is, with which alone a marker begins: the file's length if there is none. Eight bytes at
    /// a time, because one at a time takes as long as a twentieth of the decoding.
    static int nextFull(byte[] file, int from) {
        int at = from;
        while (at + Long.BYTES <= file.length && !holdsFull((long) EIGHT.get(file, at))) {
            at += Long.BYTES;
        }
        while (at < file.length && file[at] != (byte) 0xFF) {
            at++;
        }
        return at;
    }

    /// A byte of the complement is zero exactly where taking one from it borrows from a top bit that was not set.
    private static boolean holdsFull(long eight) {
        return (~eight - ONES & eight & TOPS) != 0;
    }
}
