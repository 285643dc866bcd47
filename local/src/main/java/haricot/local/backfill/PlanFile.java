package haricot.local.backfill;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.bucket.Chunk;
import haricot.bucket.Source;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A plan while it is written: a file, so that ten million keys need not be in memory.
final class PlanFile implements Closeable {
    /// What one call of the worker answers in some ten seconds.
    private static final int MOST_OBJECTS = 100;
    /// Half of what Step Functions hands to one child, 256 KB.
    private static final int MOST_BYTES = 128_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final BufferedWriter out;
    private final List<Source> some = new ArrayList<>();
    private int bytes;
    private int chunks;

    /// @param file that holds it; removed on closing
    PlanFile(Path file) throws IOException {
        this.file = file;
        this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write("[");
    }

    /// The next object of a run.
    void add(String run, Source source) throws IOException {
        int size = source.planned().toString().getBytes(StandardCharsets.UTF_8).length + 1;
        if (some.size() == MOST_OBJECTS || bytes + size > MOST_BYTES) {
            endChunk(run);
        }
        some.add(source);
        bytes += size;
    }

    /// Copies the chunks of another plan, but for these.
    void addRest(InputStream plan, Set<String> done) throws IOException {
        try (JsonParser parser = JSON.createParser(plan)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    JsonNode chunk = JSON.readTree(parser);
                    if (!done.contains(chunk.path("chunk").asText())) {
                        write(chunk.toString());
                    }
                }
            }
        }
    }

    /// Writes what is left.
    void finish(String run) throws IOException {
        if (!some.isEmpty()) {
            endChunk(run);
        }
        out.write("]\n");
        out.close();
    }

    /// Holds the whole plan, once it is finished.
    Path file() {
        return file;
    }

    int chunks() {
        return chunks;
    }

    private void endChunk(String run) throws IOException {
        write(new Chunk(run, Chunk.name(chunks + 1), some.getFirst().bucket(), some).json().toString());
        some.clear();
        bytes = 0;
    }

    private void write(String chunk) throws IOException {
        out.write((chunks == 0 ? "\n" : ",\n") + chunk);
        chunks++;
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
