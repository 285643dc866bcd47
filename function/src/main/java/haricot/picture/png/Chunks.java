package haricot.picture.png;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// The chunks of a PNG file (PNG 3rd edition, 5.3): all of them checked, none of them copied, none inflated. Text chunks
/// are passed over whatever they claim to hold.
final class Chunks {
    /// Bytes of the signature.
    static final int START = 8;
    /// Length, type and check sum.
    private static final int AROUND = 12;

    private final byte[] file;
    private final List<Chunk> chunks = new ArrayList<>();

    /// A chunk's data.
    record Chunk(String type, int start, int length) {}

    /// Reads all chunks up to the end chunk; what comes behind it is not looked at.
    Chunks(byte[] file) {
        this.file = file;
        int at = START;
        Chunk chunk;
        do {
            chunk = read(file, at);
            at = chunk.start + chunk.length + 4;
            chunks.add(chunk);
        } while (!chunk.type.equals("IEND"));
    }

    /// Reads the chunk that starts at a place.
    static Chunk read(byte[] file, int at) {
        if (file.length - at < AROUND) {
            throw UnreadablePicture.truncated(ImageFormat.PNG);
        }
        int length = number(file, at);
        String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
        if (length < 0 || !type.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "a chunk has no name");
        }
        if (length > file.length - at - AROUND) {
            throw UnreadablePicture.truncated(ImageFormat.PNG);
        }
        CRC32 sum = new CRC32();
        sum.update(file, at + 4, 4 + length);
        if ((int) sum.getValue() != number(file, at + 8 + length)) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "the check sum of a chunk is wrong");
        }
        return new Chunk(type, at + 8, length);
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
