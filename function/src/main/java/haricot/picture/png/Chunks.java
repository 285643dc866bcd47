package haricot.picture.png;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// The chunks of a PNG file (PNG 3rd edition, 5.3), none of them copied, none inflated. Text chunks are passed over
/// whatever they claim to hold.
///
/// As in browsers, a chunk that a reader may do without is done without if its check sum is wrong, and what comes behind
/// the image data need not be there: whether the file was cut off, its pixels say.
final class Chunks {
    /// Bytes of the signature.
    static final int START = 8;
    /// Length, type and check sum.
    private static final int AROUND = 12;
    private static final String DATA = "IDAT";

    private final byte[] file;
    private final List<Chunk> chunks = new ArrayList<>();
    private boolean cutOff;

    /// A chunk's data.
    ///
    /// @param sound whether they have their check sum
    record Chunk(String type, int start, int length, boolean sound) {
        /// Whether a reader may do without it: its first letter is small.
        boolean ancillary() {
            return type.charAt(0) >= 'a';
        }
    }

    /// Reads all chunks up to the end chunk; what comes behind it is not looked at.
    Chunks(byte[] file) {
        this.file = file;
        int at = START;
        Chunk chunk;
        do {
            try {
                chunk = read(file, at);
            } catch (UnreadablePicture broken) {
                if (all(DATA).isEmpty() && !startsData(at)) {
                    throw broken;
                }
                endEarly(at);
                return;
            }
            at = chunk.start + chunk.length + 4;
            if (chunk.sound) {
                chunks.add(chunk);
            } else if (!chunk.ancillary() && !chunk.type.equals("IEND")) {
                throw UnreadablePicture.damaged(ImageFormat.PNG, "the check sum of a chunk is wrong");
            }
        } while (!chunk.type.equals("IEND"));
    }

    /// Reads the chunk that starts at a place.
    static Chunk read(byte[] file, int at) {
        if (file.length - at < AROUND) {
            throw UnreadablePicture.truncated(ImageFormat.PNG);
        }
        int length = number(file, at);
        String type = type(file, at);
        if (length < 0 || !type.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "a chunk has no name");
        }
        if (length > file.length - at - AROUND) {
            throw UnreadablePicture.truncated(ImageFormat.PNG);
        }
        CRC32 sum = new CRC32();
        sum.update(file, at + 4, 4 + length);
        return new Chunk(type, at + 8, length, (int) sum.getValue() == number(file, at + 8 + length));
    }

    /// Takes what is there of the image data's last chunk.
    private void endEarly(int at) {
        cutOff = true;
        if (startsData(at)) {
            int start = at + 8;
            chunks.add(new Chunk(DATA, start, Math.min(file.length - start, Math.max(0, number(file, at))), true));
        }
    }

    private boolean startsData(int at) {
        return file.length - at >= 8 && type(file, at).equals(DATA);
    }

    private static String type(byte[] file, int at) {
        return new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    /// Whether the file ends before it should.
    boolean cutOff() {
        return cutOff;
    }

    static int number(byte[] file, int at) {
        return (file[at] & 0xFF) << 24 | (file[at + 1] & 0xFF) << 16 | (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
    }

    /// The data of the first chunk of a type, empty if there is none.
    byte[] first(String type) {
        return chunks.stream().filter(chunk -> chunk.type.equals(type)).findFirst()
                .map(chunk -> Arrays.copyOfRange(file, chunk.start, chunk.start + chunk.length)).orElse(new byte[0]);
    }

    /// The chunks of a type, in order.
    List<Chunk> all(String type) {
        return chunks.stream().filter(chunk -> chunk.type.equals(type)).toList();
    }
}
