package haricot.bucket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// The lines of a gzip file, one after the other, of which none is taken that is too long: a small file can unpack to any
/// size.
public final class GzipLines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /// @param longest bytes of a line
    /// @throws IOException if it is no gzip
    public GzipLines(InputStream gzip, int longest) throws IOException {
        this.in = new GZIPInputStream(gzip, BUFFER);
        this.longest = longest;
    }

    /// The next line, without its end; empty after the last.
    ///
    /// @throws IOException if the file is broken, or the line too long
    public Optional<byte[]> next() throws IOException {
        line.reset();
        boolean more = at < end || fill();
        if (!more) {
            return Optional.empty();
        }
        while (more) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            if (line.size() + stop - at > longest) {
                throw new IOException("a line of more than " + longest + " bytes");
            }
            line.write(buffer, at, stop - at);
            at = stop + 1;
            if (stop < end) {
                return Optional.of(line.toByteArray());
            }
            more = fill();
        }
        return Optional.of(line.toByteArray());
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, BUFFER));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
