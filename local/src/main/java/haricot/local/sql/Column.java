package haricot.local.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A column of a table or a view.
///
/// @param name in lower case; the field of the JSON may have capitals
public record Column(String name, ColumnType type) {

    /// Reads lines of `name type`.
    static List<Column> list(String lines) {
        return lines.lines().filter(line -> !line.isBlank()).map(line -> line.strip().split(" ", 2))
                .map(parts -> new Column(parts[0], ColumnType.of(parts[1]))).toList();
    }

    /// Objects that have these columns.
    static ColumnType struct(List<Column> columns) {
        SequencedMap<String, ColumnType> fields = new LinkedHashMap<>();
        columns.forEach(column -> fields.put(column.name, column.type));
        return new ColumnType.Struct(fields);
    }
}
