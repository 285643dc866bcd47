package haricot.picture.jpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// A file put together anew of what the library needs: tables, headers and coded data, in their order. It never sees notes,
/// thumbnails, profiles, garbage between segments or what comes behind the end, of which it would refuse some.
///
/// How the components make colours it learns from a segment of Adobe's kind in place of the rules by which it would guess:
/// without one it takes inks for their complements.
final class Mended {
    /// The numbers that Adobe's segment has for it. RGB and CMYK are stored as they are.
    static final int AS_THEY_ARE = 0;
    static final int YCC = 1;
    static final int YCCK = 2;
    /// Needs no number.
    static final int GREY = -1;
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};

    private final byte[] file;
    private final Written out;

    /// Megabytes that are handed on without another copy.
    private static final class Written extends ByteArrayOutputStream {
        Written(int room) {
            super(room);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    Mended(byte[] file) {
        this.file = file;
        out = new Written(file.length + 32);
        marker(0xD8);
    }

    void colours(int transform) {
        if (transform != GREY) {
            byte[] adobe = ADOBE.clone();
            adobe[11] = (byte) transform;
            segment(0xEE, adobe);
        }
    }

    void segment(int marker, byte[] data) {
        marker(marker);
        out.write(data.length + 2 >> 8);
        out.write(data.length + 2);
        out.writeBytes(data);
    }

    void scan(byte[] header) {
        segment(0xDA, header);
    }

    /// Takes over bytes of the file.
    void data(int from, int to) {
        out.write(file, from, to - from);
    }

    /// The file with its end marker.
    ByteBuffer finished() {
        marker(0xD9);
        return out.bytes();
    }

    private void marker(int code) {
        out.write(0xFF);
        out.write(code);
    }
}
