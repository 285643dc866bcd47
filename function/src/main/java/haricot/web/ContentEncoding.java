package haricot.web;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// What a client did to a body on its way (RFC 9110, section 8.4). Two kinds are undone, up to the size that a picture may
/// have: a body that would grow beyond it is refused when it does, however much more there is.
final class ContentEncoding {
    private static final int MOST = Limits.EVENT_BYTES / 4 * 3;

    private ContentEncoding() {}

    /// @param header `Content-Encoding`, empty without one
    /// @throws Problem when it is of another kind, damaged, or too large
    static byte[] undone(String header, byte[] body) {
        return switch (header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> inflated(header, body, GZIPInputStream::new);
            case "deflate" -> inflated(header, body, InflaterInputStream::new);
            default -> throw new Problem(Code.UNSUPPORTED_FORMAT, "Content-Encoding " + Quote.of(header)
                    + " is not undone here: send gzip, deflate, or the body as it is without the header.");
        };
    }

    private interface Inflater {
        InputStream of(InputStream in) throws IOException;
    }

    private static byte[] inflated(String header, byte[] body, Inflater inflater) {
        try (InputStream in = inflater.of(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(MOST + 1);
            if (plain.length > MOST) {
                throw new Problem(Code.TOO_LARGE, "Unpacked, the body is too large. " + Limits.IN_WORDS);
            }
            return plain;
        } catch (EOFException e) {
            throw new Problem(Code.TRUNCATED,
                    "The body ends before its " + Quote.of(header) + " does: send all of it.");
        } catch (IOException e) {
            throw new Problem(Code.UNDECODABLE,
                    "Content-Encoding says " + Quote.of(header) + ", and the body is not that.");
        }
    }
}
