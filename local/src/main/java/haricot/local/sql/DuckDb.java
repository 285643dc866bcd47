package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.local.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Queries over a bucket on this computer. The tables are built in memory from the bucket's files; then the doors are
/// closed, so that a query sees no file and nothing that it does lasts.
final class DuckDb implements Engine {
    /// Athena's functions where DuckDB has them under another meaning or not at all.
    private static final List<String> MACROS = List.of(
            "create macro element_at(list, place) as list[place]", "create macro cardinality(list) as len(list)");
    /// In this order: the last one locks the others.
    private static final List<String> CLOSED = List.of("set temp_directory = ''",
            "set autoinstall_known_extensions = false", "set autoload_known_extensions = false",
            "set enable_external_access = false", "set lock_configuration = true");
    /// A line holds one flag, tally or answer.
    private static final int LONGEST_LINE = 4_000_000;

    private final Driver driver;
    private final Path bucket;

    /// @param bucket the folder of its files
    DuckDb(Driver driver, Path bucket) {
        this.driver = driver;
        this.bucket = bucket;
    }

    /// DuckDB's table function `query` takes a single select alone: `with … insert` fails there.
    @Override
    public String ask(Query query, Rows answer) throws IOException {
        OddObjects odd = new OddObjects();
        try (Connection connection = driver.connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            build(statement, query, odd);
            statement.executeQuery("select 0 from query(" + quoted(query.sql()) + ") limit 0").close();
            try (ResultSet rows = statement.executeQuery(query.sql())) {
                hand(rows, answer);
            }
        } catch (SQLException e) {
            throw new Failure(sentence(e), e);
        }
        return odd.sentence();
    }

    /// Every table is there; those that the query does not mention stay empty.
    private void build(Statement statement, Query query, OddObjects odd) throws IOException, SQLException {
        FolderObjects objects = new FolderObjects(bucket, odd);
        Path folder = Files.createTempDirectory("haricot-sql");
        try {
            for (String macro : MACROS) {
                statement.execute(macro);
            }
            for (Table table : Table.values()) {
                statement.execute("create table " + table.word() + " (" + columns(table, "\"%s\" %s") + ")");
                if (query.tables().contains(table) && objects.write(table, folder) > 0) {
                    statement.execute("insert into " + table.word() + " select * from read_json("
                            + quoted(folder.resolve(table.word() + "-*.ndjson").toString())
                            + ", format = 'newline_delimited', maximum_object_size = " + LONGEST_LINE
                            + ", columns = {" + columns(table, "\"%s\": '%s'") + "})");
                }
            }
        } finally {
            remove(folder);
        }
        for (View view : View.values()) {
            statement.execute("create view " + view.word() + " as " + view.sql());
        }
        for (String setting : CLOSED) {
            statement.execute(setting);
        }
    }

    private static String columns(Table table, String form) {
        return Stream
                .of(table.columns(), table.partitions(), List.of(new Column(Table.PATH, ColumnType.Scalar.STRING)))
                .flatMap(List::stream).map(column -> form.formatted(column.name(), column.type().duck()))
                .collect(Collectors.joining(", "));
    }

    private static void hand(ResultSet rows, Rows answer) throws SQLException {
        int width = rows.getMetaData().getColumnCount();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            names.add(rows.getMetaData().getColumnLabel(i));
        }
        answer.columns(names);
        while (rows.next()) {
            List<JsonNode> values = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                values.add(DuckValue.json(rows.getObject(i)));
            }
            answer.row(values);
        }
        answer.end();
    }

    /// DuckDB's messages go on with the place in the query and what was meant.
    private static String sentence(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("").replace("Invalid Input Error: ",
                "");
        return "DuckDB says: " + message;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
