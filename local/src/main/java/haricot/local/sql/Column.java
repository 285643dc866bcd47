package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A column of a table or a view, or a field of a struct.
///
/// @param name in lower case; the field of the JSON may have capitals
public record Column(String name, ColumnType type) {
    private static final int MOST_SHOWN = 200;

    /// Reads lines of `name type`.
    static List<Column> list(String lines) {
        return lines.lines().filter(line -> !line.isBlank()).map(line -> line.strip().split(" ", 2))
                .map(parts -> new Column(parts[0], ColumnType.of(parts[1]))).toList();
    }

    /// An object with exactly these columns, null where it has none.
    ///
    /// @throws IOException if a field is of another type
    static ObjectNode fit(List<Column> columns, JsonNode object) throws IOException {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        columns.forEach(column -> row.putNull(column.name));
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            for (Column column : columns) {
                if (column.name.equals(name)) {
                    row.set(name, column.fit(field.getValue()));
                }
            }
        }
        return row;
    }

    private JsonNode fit(JsonNode value) throws IOException {
        try {
            return type.fit(value);
        } catch (IOException e) {
            String why = name + ": " + e.getMessage();
            throw new IOException(why.substring(0, Math.min(MOST_SHOWN, why.length())), e);
        }
    }
}
