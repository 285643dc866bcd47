package haricot.picture.jpeg;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.Arrays;

/// The content of a marker segment, read from front to back.
final class SegmentData {
    private final byte[] file;
    private final int start;
    private final int end;
    private int at;

    SegmentData(byte[] file, int start, int end) {
        this.file = file;
        this.start = start;
        this.end = end;
        at = start;
    }

    int length() {
        return end - start;
    }

    boolean hasMore() {
        return at < end;
    }

    int next() {
        if (at >= end) {
            throw UnreadablePicture.damaged(ImageFormat.JPEG, "a segment is too short");
        }
        return file[at++] & 0xFF;
    }

    int nextTwo() {
        return next() << 8 | next();
    }

    byte[] next(int count) {
        if (count > end - at) {
            throw UnreadablePicture.damaged(ImageFormat.JPEG, "a segment is too short");
        }
        at += count;
        return Arrays.copyOfRange(file, at - count, at);
    }

    /// A byte by its place.
    int at(int index) {
        return file[start + index] & 0xFF;
    }

    boolean startsWith(String text) {
        if (length() < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (file[start + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The rest, from a place of it on; empty if there is none.
    byte[] copy(int from) {
        return from >= length() ? new byte[0] : Arrays.copyOfRange(file, start + from, end);
    }
}
