package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.CsvCell;
import haricot.local.host.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The forms in which an answer is printed.
enum Printed {
    /// Columns for people, as wide as the first rows need.
    TABLE {
        @Override
        Rows to(PrintWriter out) {
            return new TableRows(out);
        }
    },
    /// One array, an object a line.
    JSON {
        @Override
        Rows to(PrintWriter out) {
            return new JsonRows(out);
        }
    },
    /// RFC 4180 with a header, for spreadsheets.
    CSV {
        @Override
        Rows to(PrintWriter out) {
            return new CsvRows(out);
        }
    };

    abstract Rows to(PrintWriter out);

    private static final class JsonRows implements Rows {
        private final PrintWriter out;
        private final List<String> names = new ArrayList<>();
        private String before = "[\n";

        private JsonRows(PrintWriter out) {
            this.out = out;
        }

        /// An object has each name once.
        @Override
        public void columns(List<String> columns) {
            for (String column : columns) {
                String name = column;
                for (int i = 2; names.contains(name); i++) {
                    name = column + "_" + i;
                }
                names.add(name);
            }
        }

        @Override
        public void row(List<JsonNode> values) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < names.size(); i++) {
                row.set(names.get(i), values.get(i));
            }
            out.print(before + Terminal.shown(row.toString()));
            before = ",\n";
        }

        @Override
        public void end() {
            out.print(before.startsWith("[") ? "[]\n" : "\n]\n");
        }
    }

    private static final class CsvRows implements Rows {
        private final PrintWriter out;

        private CsvRows(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void columns(List<String> names) {
            out.print(names.stream().map(CsvCell::of).collect(Collectors.joining(",")) + "\r\n");
        }

        /// A number is no formula, even below zero.
        @Override
        public void row(List<JsonNode> values) {
            out.print(values.stream().map(value -> value.isNull()
                    ? ""
                    : value.isNumber() ? Rows.text(value) : CsvCell.of(Rows.text(value)))
                    .collect(Collectors.joining(","))
                    + "\r\n");
        }

        @Override
        public void end() {
            // The last row has its line end.
        }
    }
}
