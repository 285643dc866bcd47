package haricot.local.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import haricot.bucket.Flag;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `athena.yaml` says of every table and view what the code says. Athena itself is an account's to show.
final class AthenaTemplateTest {
    private static final Map<String, JsonNode> TABLES = tables();
    private static final Map<String, String> PRESTO = Map.of("string", "varchar", "bigint", "bigint", "double",
            "double");

    @Test
    void hasEveryTableAndViewAndNoOther() {
        assertEquals(Table.values().length + View.values().length, TABLES.size());
    }

    @ParameterizedTest
    @EnumSource
    void aTableHasTheSameColumns(Table table) {
        JsonNode glue = TABLES.get(table.word());
        assertEquals(table.columns(), columns(glue.at("/StorageDescriptor/Columns")));
        assertEquals(table.partitions(), columns(glue.path("PartitionKeys")));
        assertEquals("s3://${Bucket}/" + table.prefix(), glue.at("/StorageDescriptor/Location").asText());
    }

    @Test
    void aPartitionLiesWhereTheCodePutsItsObjects() {
        Flag flag = Objects.flag(Instant.parse("2026-11-23T04:00:00Z"), 1, "healthy");
        assertEquals("s3://field/" + flag.key().substring(0, flag.key().lastIndexOf('/') + 1), place("flags", "04"));
        assertEquals("s3://field/tallies/dt=2026-11-23/hh=04/", place("tallies", "04"));
        assertEquals("s3://field/reviews/dt=2026-11-23/", place("reviews", ""));
    }

    @ParameterizedTest
    @EnumSource
    void aViewHasTheSameTextAndColumns(View view) throws IOException {
        JsonNode glue = TABLES.get(view.word());
        assertEquals(view.columns(), columns(glue.at("/StorageDescriptor/Columns")));
        JsonNode substitution = glue.at("/ViewOriginalText/1/1/Fn::Base64");
        JsonNode presto = new ObjectMapper().readTree(substitution.get(0).asText()
                .replace("${Sql}", substitution.at("/1/Sql").asText()).replace("${Database}", "haricot"));
        assertEquals(oneLine(view.sql()), presto.get("originalSql").asText());
        List<String> types = new ArrayList<>();
        presto.get("columns").forEach(each -> types.add(each.get("name").asText() + " " + each.get("type").asText()));
        assertEquals(view.columns().stream().map(each -> each.name() + " " + PRESTO.get(each.type().glue())).toList(),
                types);
    }

    @Test
    void trinosParserReadsEveryViewAndExample() {
        SqlParser parser = new SqlParser();
        for (View view : View.values()) {
            assertTrue(parser.createStatement(view.sql()) instanceof Query, view.word());
            assertTrue(parser.createStatement(view.example()) instanceof Query, view.word());
        }
        for (Table table : Table.values()) {
            assertTrue(parser.createStatement(table.example()) instanceof Query, table.word());
        }
    }

    private static String place(String table, String hour) {
        JsonNode join = TABLES.get(table).at("/Parameters/storage.location.template");
        StringBuilder place = new StringBuilder();
        join.get(1).forEach(part -> place.append(part.asText().equals("Bucket") ? "field" : part.asText()));
        return place.toString().replace("${dt}", "2026-11-23").replace("${hh}", hour);
    }

    private static List<Column> columns(JsonNode columns) {
        return StreamSupport.stream(columns.spliterator(), false)
                .map(each -> new Column(each.get("Name").asText(), ColumnType.of(each.get("Type").asText()))).toList();
    }

    private static String oneLine(String sql) {
        return sql.lines().map(String::strip).reduce((some, more) -> some + " " + more).orElseThrow();
    }

    private static Map<String, JsonNode> tables() {
        try {
            JsonNode template = new YAMLMapper()
                    .readTree(Files.readString(Path.of(System.getProperty("haricot.root"), "athena.yaml")));
            Map<String, JsonNode> tables = new HashMap<>();
            template.get("Resources").forEach(each -> {
                if (each.get("Type").asText().equals("AWS::Glue::Table")) {
                    JsonNode input = each.at("/Properties/TableInput");
                    tables.put(input.get("Name").asText(), input);
                }
            });
            return tables;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
