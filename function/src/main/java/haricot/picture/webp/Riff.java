package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The chunks of a WebP file, or of a frame in one (RFC 9649, 2.3).
///
/// @param chunks in the order of the file
record Riff(List<Chunk> chunks) {
    private static final int HEAD = 12;
    private static final int CHUNK_HEAD = 8;

    /// A chunk's data.
    record Chunk(String type, int start, int length) {
        int end() {
            return start + length;
        }
    }

    /// Finds the chunks of a file; bytes behind its own size are not looked at.
    static Riff read(byte[] file) {
        if (file.length < HEAD) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        long end = CHUNK_HEAD + four(file, 4);
        if (end > file.length) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        return read(file, HEAD, (int) end);
    }

    /// Finds the chunks of a part of a file.
    static Riff read(byte[] file, int start, int end) {
        List<Chunk> chunks = new ArrayList<>();
        long at = start;
        while (at + CHUNK_HEAD <= end) {
            long length = four(file, (int) at + 4);
            if (at + CHUNK_HEAD + length > end) {
                throw UnreadablePicture.damaged(ImageFormat.WEBP, "a chunk is longer than the file");
            }
            chunks.add(new Chunk(new String(file, (int) at, 4, StandardCharsets.ISO_8859_1), (int) at + CHUNK_HEAD,
                    (int) length));
            at += CHUNK_HEAD + length + (length & 1);
        }
        return new Riff(chunks);
    }

    Optional<Chunk> first(String type) {
        return chunks.stream().filter(chunk -> chunk.type.equals(type)).findFirst();
    }

    List<Chunk> all(String type) {
        return chunks.stream().filter(chunk -> chunk.type.equals(type)).toList();
    }

    static int two(byte[] file, int at) {
        return file[at] & 0xFF | (file[at + 1] & 0xFF) << 8;
    }

    static int three(byte[] file, int at) {
        return two(file, at) | (file[at + 2] & 0xFF) << 16;
    }

    static long four(byte[] file, int at) {
        return two(file, at) | (long) two(file, at + 2) << 16;
    }
}
