package haricot.local.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.GzipLines;
import haricot.bucket.ObjectCheck;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The objects of a bucket on this computer, read as files, as lines of JSON that have the columns of their table.
///
/// What is not the object that its key says is left out and counted, by the same code as the report's: a table holds what a
/// report counts.
final class FolderObjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// A line of results is about 500 bytes; a file's name in it at most 1,024.
    private static final int LONGEST_LINE = 100_000;

    private final Path bucket;
    private final OddObjects odd;

    FolderObjects(Path bucket, OddObjects odd) {
        this.bucket = bucket;
        this.odd = odd;
    }

    /// Writes the rows of a table into files `<table>-<n>.ndjson`.
    ///
    /// @return how many files
    int write(Table table, Path folder) throws IOException {
        List<List<String>> portions = FolderKeys.portions(bucket, table);
        try {
            IntStream.range(0, portions.size()).parallel()
                    .forEach(i -> write(table, portions.get(i), folder.resolve(table.word() + "-" + i + ".ndjson")));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return portions.size();
    }

    private void write(Table table, List<String> keys, Path file) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (String key : keys) {
                if (key.endsWith(".jsonl.gz")) {
                    lines(table, key, out);
                } else {
                    single(table, key).ifPresent(row -> put(row, out));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ObjectNode> single(Table table, String key) {
        try (InputStream file = Files.newInputStream(bucket.resolve(key))) {
            int largest = (int) largest(table);
            byte[] content = file.readNBytes(largest + 1);
            if (content.length > largest) {
                throw new IOException("too large: over " + largest + " bytes");
            }
            return Optional.of(row(table, key, object(table, key, content)));
        } catch (IOException e) {
            odd.add(table, key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void lines(Table table, String key, OutputStream out) {
        try (GzipLines lines = new GzipLines(Files.newInputStream(bucket.resolve(key)), LONGEST_LINE)) {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                line(table, key, line.get()).ifPresent(row -> put(row, out));
            }
        } catch (IOException e) {
            odd.add(table, key, String.valueOf(e.getMessage()));
        }
    }

    private Optional<ObjectNode> line(Table table, String key, byte[] line) {
        try {
            if (table == Table.FLAGS) {
                ObjectCheck.KeyedFlag keyed = ObjectCheck.flag(line);
                return Optional.of(row(table, keyed.key(), keyed.flag()));
            }
            JsonNode result = JSON.readTree(line);
            if (result.path("schema").asInt() != 1 || !result.path("id").isTextual()) {
                throw new IOException("a line that is no answer of schema 1");
            }
            return Optional.of(row(table, key, result));
        } catch (IOException e) {
            odd.add(table, key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static long largest(Table table) {
        return switch (table) {
            case FLAGS -> ObjectCheck.LARGEST_FLAG;
            case TALLIES -> ObjectCheck.LARGEST_TALLY;
            case REVIEWS -> ObjectCheck.LARGEST_REVIEW;
            case RESULTS -> 0;
        };
    }

    private static JsonNode object(Table table, String key, byte[] json) throws IOException {
        return switch (table) {
            case FLAGS -> ObjectCheck.flag(key, json);
            case TALLIES -> ObjectCheck.tally(key, json);
            case REVIEWS -> ObjectCheck.review(key, json);
            case RESULTS -> throw new IOException("not the name of a file of results");
        };
    }

    private static ObjectNode row(Table table, String key, JsonNode object) throws IOException {
        ObjectNode row = (ObjectNode) table.objects().fit(object);
        for (Column partition : table.partitions()) {
            int value = key.indexOf("/" + partition.name() + "=") + partition.name().length() + 2;
            row.put(partition.name(), key.substring(value, key.indexOf('/', value)));
        }
        return row.put(Table.PATH, key);
    }

    private static void put(ObjectNode row, OutputStream out) {
        try {
            out.write(JSON.writeValueAsBytes(row));
            out.write('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a row", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
