package haricot.web;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// What the bytes of a body say about it.
final class Bytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SIGNS = 0x8080808080808080L;

    private Bytes() {}

    /// Where a text begins: after a byte order mark and white space. The length of the bytes
    /// where nothing else is in them.
    static int start(byte[] bytes) {
        int start = 0;
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            start = 3;
        }
        while (start < bytes.length && isWhite(bytes[start])) {
            start++;
        }
        return start;
    }

    /// Whether they are UTF-8 without control characters and without the replacement
    /// character that decoders put where bytes were invalid.
    static boolean isText(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            boolean control = b >= 0 && b < ' ' && !isWhite(b) && b != '\f' || b == 0x7F;
            if (control || b == (byte) 0xEF && isReplacement(bytes, i)) {
                return false;
            }
        }
        return isUtf8(bytes);
    }

    /// Strictly: no overlong form, no surrogate, nothing cut off.
    static boolean isUtf8(byte[] bytes) {
        long signs = 0;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            signs |= (long) EIGHT.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            signs |= bytes[i];
        }
        return (signs & SIGNS) == 0 || decodes(bytes);
    }

    private static boolean decodes(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer to = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            result = decoder.decode(from, to.clear(), true);
        } while (result.isOverflow());
        return !result.isError();
    }

    private static boolean isReplacement(byte[] bytes, int i) {
        return i + 2 < bytes.length && bytes[i + 1] == (byte) 0xBF && bytes[i + 2] == (byte) 0xBD;
    }

    static boolean isWhite(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
