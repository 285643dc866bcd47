package haricot.bucket;

import java.io.BufferedInputStream;
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

    /// @param longest bytes of a line
    /// @throws IOException if it is no gzip
    public GzipLines(InputStream gzip, int longest) throws IOException {
        this.in = new BufferedInputStream(new GZIPInputStream(gzip, BUFFER), BUFFER);
        this.longest = longest;
    }

    /// The next line, without its end; empty after the last.
    ///
    /// @throws IOException if the file is broken, or the line too long
    public Optional<byte[]> next() throws IOException {
        line.reset();
        int read = in.read();
        if (read < 0) {
            return Optional.empty();
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (line.size() == longest) {
                throw new IOException("a line of more than " + longest + " bytes");
            }
            line.write(read);
        }
        return Optional.of(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
