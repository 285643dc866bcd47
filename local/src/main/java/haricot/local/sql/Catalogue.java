package haricot.local.sql;

import java.util.List;
import java.util.stream.Stream;

/// The tables and views as `haricot sql` lists them.
final class Catalogue {
    private static final int WIDTH = 110;

    private Catalogue() {}

    static String text() {
        StringBuilder text = new StringBuilder("Tables:\n");
        for (Table table : Table.values()) {
            put(text, table.word(),
                    Stream.concat(table.columns().stream(), table.partitions().stream()).toList(), table.example());
        }
        text.append("\nViews:\n");
        for (View view : View.values()) {
            put(text, view.word(), view.columns(), view.example());
        }
        return text.toString();
    }

    private static void put(StringBuilder text, String name, List<Column> columns, String example) {
        text.append('\n').append(name).append('\n');
        StringBuilder line = new StringBuilder("   ");
        for (Column column : columns) {
            String words = column.name() + " " + column.type().glue();
            if (line.length() + words.length() > WIDTH && !line.toString().isBlank()) {
                text.append(line).append('\n');
                line = new StringBuilder("   ");
            }
            line.append(' ').append(words).append(column.equals(columns.getLast()) ? "" : ",");
        }
        text.append(line).append('\n').append("    ./haricot sql \"").append(example).append("\"\n");
    }
}
