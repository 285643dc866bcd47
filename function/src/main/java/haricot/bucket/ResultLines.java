package haricot.bucket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// The lines of a results object: JSON Lines, gzip. The same lines give the same bytes, as Java writes no time into the
/// header.
public final class ResultLines {
    private ResultLines() {}

    public static byte[] write(List<ObjectNode> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (ObjectNode line : lines) {
                gzip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    /// @throws IOException if this is no results object
    public static List<ObjectNode> read(byte[] object) throws IOException {
        List<ObjectNode> lines = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                lines.add(Json.read(line.getBytes(StandardCharsets.UTF_8), ObjectNode.class));
            }
        }
        return lines;
    }
}
