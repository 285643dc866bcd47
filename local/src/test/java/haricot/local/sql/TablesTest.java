package haricot.local.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.Flag;
import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of object that the code writes, read through its table: each field has a column of its type.
final class TablesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant TIME = Instant.parse("2026-11-23T04:00:00Z");

    @TempDir
    Path data;
    private final Map<Table, List<JsonNode>> written = new TreeMap<>();

    @BeforeEach
    void write() throws IOException {
        Path bucket = data.resolve("haricot");
        Flag flag = Objects.flag(TIME, 1, "bean_rust");
        Objects.put(bucket, flag.key(), flag.json().toString());
        written.put(Table.FLAGS, List.of(JSON.readTree(flag.json().toString())));
        byte[] tally = Objects.tally().json();
        Objects.put(bucket, "tallies/dt=2026-11-23/hh=04/e1.json", tally);
        written.put(Table.TALLIES, List.of(JSON.readTree(tally)));
        String review = Objects.review(flag.id());
        Objects.put(bucket, "reviews/dt=2026-11-23/" + flag.id() + "/" + flag.id() + ".json", review);
        written.put(Table.REVIEWS, List.of(JSON.readTree(review)));
        List<JsonNode> results = new ArrayList<>();
        for (String line : Results.lines()) {
            results.add(JSON.readTree(line));
        }
        Objects.put(bucket, Results.KEY, Objects.gzip(String.join("\n", Results.lines())));
        written.put(Table.RESULTS, results);
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldIsInItsColumn(Table table) throws IOException {
        Shell.Ran ran = Shell.haricot("sql", "--data", data, "--json", "select * from " + table.word());
        assertEquals("", ran.err());
        JsonNode read = JSON.readTree(ran.out());
        assertEquals(written.get(table).size(), read.size());
        for (int i = 0; i < read.size(); i++) {
            List<String> missing = new ArrayList<>();
            compare("", written.get(table).get(i), read.get(i), missing);
            assertEquals(List.of(), missing, read.get(i).toString());
        }
    }

    @Test
    void whatClassifyKeepsOfARunIsInItsColumnsToo() throws IOException {
        Path photos = Files.createDirectories(data.resolve("photos"));
        Files.copy(TestModel.drawn("leaf-rust"), photos.resolve("100% +ä.png"));
        Files.writeString(photos.resolve("broken.jpg"), "no picture");
        Path run = data.resolve("run");
        assertEquals(1, Shell.haricot("classify", photos, "--model", TestModel.file(), "--results", run).status());
        List<JsonNode> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(run.resolve("haricot/results"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream gzip = new GZIPInputStream(Files.newInputStream(file))) {
                    for (String line : new String(gzip.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                        lines.add(JSON.readTree(line));
                    }
                }
            }
        }
        JsonNode read = JSON.readTree(Shell.haricot("sql", "--data", run, "--json", "select * from results").out());
        assertEquals(2, read.size());
        for (int i = 0; i < read.size(); i++) {
            List<String> missing = new ArrayList<>();
            compare("", lines.get(i), read.get(i), missing);
            assertEquals(List.of(), missing, read.get(i).toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aViewGivesTheColumnsThatItPromises(View view) throws IOException {
        Shell.Ran ran = Shell.haricot("sql", "--data", data, "--json",
                "select column_name, data_type from information_schema.columns where table_name = '" + view.word()
                        + "' order by ordinal_position");
        List<Column> columns = new ArrayList<>();
        JSON.readTree(ran.out()).forEach(each -> columns.add(new Column(each.get("column_name").asText(),
                ColumnType.of(each.get("data_type").asText().replace("VARCHAR", "string").toLowerCase(Locale.ROOT)))));
        assertEquals(view.columns(), columns);
    }

    @Test
    void whatChangedBetweenTwoVersionsIsFoundByItsSource() throws IOException {
        Path bucket = data.resolve("haricot");
        Objects.put(bucket, Results.LATER, Objects.gzip(Results.lines().getFirst().replace("1.0.0", "1.1.0")
                .replace("\"label\":\"bean_rust\"", "\"label\":\"healthy\"")));
        Shell.Ran ran = Shell.haricot("sql", "--data", data, "--csv", "select key, version_before, version_after, "
                + "label_before, label_after from changed");
        assertEquals("key,version_before,version_after,label_before,label_after\r\n"
                + "old/a b.jpg,1.0.0,1.1.0,bean_rust,healthy\r\n", ran.out());
    }

    private static void compare(String path, JsonNode written, JsonNode read, List<String> missing) {
        if (written.isObject()) {
            written.properties().forEach(field -> {
                JsonNode there = read.has(field.getKey())
                        ? read.get(field.getKey())
                        : read.path(field.getKey().toLowerCase(Locale.ROOT));
                compare(path + "/" + field.getKey(), field.getValue(), there, missing);
            });
        } else if (written.isArray()) {
            assertTrue(read.isArray() && read.size() == written.size(), path);
            for (int i = 0; i < written.size(); i++) {
                compare(path + "/" + i, written.get(i), read.get(i), missing);
            }
        } else if (written.isNumber()
                ? !read.isNumber() || written.asDouble() != read.asDouble()
                : !written.equals(read)) {
            missing.add(path + ": " + written + ", read as " + read);
        }
    }
}
