package haricot.picture.png;

import haricot.picture.png.Chunks.Chunk;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates the image data and undoes the filters (PNG 3rd edition, 9), two rows in memory at a time: however far the
/// data would inflate, no more than the rows of the header is asked for.
final class Scanlines implements AutoCloseable {
    private final byte[] file;
    private final Iterator<Chunk> data;
    private final boolean cutOff;
    private final PngHeader header;
    private final Inflater inflater = new Inflater();
    private final byte[] filter = new byte[1];
    private byte[] line;
    private byte[] above;

    Scanlines(byte[] file, Chunks chunks, PngHeader header) {
        this.file = file;
        this.header = header;
        data = chunks.all("IDAT").iterator();
        cutOff = chunks.cutOff();
        line = new byte[header.rowBytes(header.width())];
        above = new byte[line.length];
    }

    /// A new pass, or the only one: there is nothing above its first row.
    void startPass() {
        Arrays.fill(line, (byte) 0);
    }

    /// The next row.
    ///
    /// @param bytes how long it is
    /// @return good until the next call but one
    byte[] next(int bytes) {
        byte[] next = above;
        above = line;
        line = next;
        inflate(filter, 1);
        inflate(line, bytes);
        int left = header.pixelBytes();
        switch (filter[0]) {
            case 0 -> {
                // Nothing was taken away.
            }
            case 1 -> sub(bytes, left);
            case 2 -> up(bytes);
            case 3 -> average(bytes, left);
            case 4 -> paeth(bytes, left);
            default -> throw UnreadablePicture.damaged(ImageFormat.PNG, "a row has an unknown filter");
        }
        return line;
    }

    private void inflate(byte[] to, int bytes) {
        int done = 0;
        long before = inflater.getBytesWritten();
        try {
            while (done < bytes) {
                int count = inflater.inflate(to, done, bytes - done);
                done += count;
                if (count == 0) {
                    feed();
                }
            }
        } catch (DataFormatException broken) {
            // What is wrong may come behind these bytes, such as the check sum of all. If more is asked for, it comes again.
            if (inflater.getBytesWritten() - before < bytes) {
                throw UnreadablePicture.damaged(ImageFormat.PNG, "its compressed data make no sense");
            }
        }
    }

    private void feed() {
        if (inflater.finished() || inflater.needsDictionary() || !data.hasNext()) {
            throw cutOff && !inflater.finished()
                    ? UnreadablePicture.truncated(ImageFormat.PNG)
                    : UnreadablePicture.damaged(ImageFormat.PNG, "it has fewer pixels than it says");
        }
        Chunk chunk = data.next();
        inflater.setInput(file, chunk.start(), chunk.length());
    }

    private void sub(int bytes, int left) {
        for (int i = left; i < bytes; i++) {
            line[i] += line[i - left];
        }
    }

    private void up(int bytes) {
        for (int i = 0; i < bytes; i++) {
            line[i] += above[i];
        }
    }

    private void average(int bytes, int left) {
        int edge = Math.min(left, bytes);
        for (int i = 0; i < edge; i++) {
            line[i] += (byte) ((above[i] & 0xFF) >> 1);
        }
        for (int i = left; i < bytes; i++) {
            line[i] += (byte) ((line[i - left] & 0xFF) + (above[i] & 0xFF) >> 1);
        }
    }

    private void paeth(int bytes, int left) {
        int edge = Math.min(left, bytes);
        for (int i = 0; i < edge; i++) {
            line[i] += above[i];
        }
        for (int i = left; i < bytes; i++) {
            int a = line[i - left] & 0xFF;
            int b = above[i] & 0xFF;
            int c = above[i - left] & 0xFF;
            int fromA = Math.abs(b - c);
            int fromB = Math.abs(a - c);
            int fromC = Math.abs(a + b - 2 * c);
            line[i] += (byte) (fromA <= fromB && fromA <= fromC ? a : fromB <= fromC ? b : c);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
