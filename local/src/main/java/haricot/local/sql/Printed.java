package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.CsvCell;
import haricot.local.host.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final class TableRows implements Rows {
        /// More would wait long for the first line; later cells that are wider move the rest of their line.
        private static final int MEASURED = 1_000;

        private final PrintWriter out;
        private final List<List<String>> waiting = new ArrayList<>();
        private final List<Boolean> numbers = new ArrayList<>();
        private List<Integer> widths = List.of();

        private TableRows(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void columns(List<String> names) {
            waiting.add(names.stream().map(Terminal::shown).toList());
            names.forEach(_ -> numbers.add(false));
        }

        @Override
        public void row(List<JsonNode> values) {
            List<String> cells = values.stream().map(value -> value.isNull() ? "-" : Terminal.shown(text(value)))
                    .toList();
            if (!widths.isEmpty()) {
                print(cells);
                return;
            }
            for (int i = 0; i < cells.size(); i++) {
                numbers.set(i, numbers.get(i) || values.get(i).isNumber());
            }
            waiting.add(cells);
            if (waiting.size() == MEASURED) {
                flush();
            }
        }

        @Override
        public void end() {
            if (widths.isEmpty()) {
                flush();
            }
        }

        private void flush() {
            widths = new ArrayList<>(waiting.getFirst().stream().map(String::length).toList());
            waiting.forEach(cells -> {
                for (int i = 0; i < cells.size(); i++) {
                    widths.set(i, Math.max(widths.get(i), cells.get(i).length()));
                }
            });
            waiting.forEach(this::print);
            waiting.clear();
        }

        private void print(List<String> cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.size(); i++) {
                String form = numbers.get(i) ? "%" + widths.get(i) + "s  " : "%-" + widths.get(i) + "s  ";
                line.append(String.format(Locale.ROOT, form, cells.get(i)));
            }
            out.println(line.toString().stripTrailing());
        }
    }

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
                    : value.isNumber() ? text(value) : CsvCell.of(text(value))).collect(Collectors.joining(","))
                    + "\r\n");
        }

        @Override
        public void end() {
            // The last row has its line end.
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
