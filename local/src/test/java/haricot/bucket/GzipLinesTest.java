package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class GzipLinesTest {

    @Test
    void readsLinesOfEveryLengthAcrossItsBuffer() throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("", "a", "", "x".repeat(65_535), "x".repeat(65_536), "y".repeat(65_537)));
        for (int i = 0; i < 2_000; i++) {
            lines.add("z".repeat(i * 7 % 211));
        }
        assertEquals(lines, read(String.join("\n", lines) + "\n", 100_000));
        assertEquals(lines, read(String.join("\n", lines) + "\nlast", 100_000).subList(0, lines.size()));
        assertEquals(List.of(), read("", 10));
    }

    @Test
    void takesNoLineThatIsTooLongAndNoBrokenFile() {
        assertThrows(IOException.class, () -> read("ok\n" + "x".repeat(11), 10));
        assertThrows(IOException.class, () -> new GzipLines(new ByteArrayInputStream(new byte[]{1, 2}), 10));
    }

    private static List<String> read(String text, int longest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        List<String> read = new ArrayList<>();
        try (GzipLines lines = new GzipLines(new ByteArrayInputStream(bytes.toByteArray()), longest)) {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                read.add(new String(line.get(), StandardCharsets.UTF_8));
            }
        }
        return read;
    }
}
