package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.local.host.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An answer as columns for people.
final class TableRows implements Rows {
    /// More would wait long for the first line; later cells that are wider move the rest of their line.
    private static final int MEASURED = 1_000;

    private final PrintWriter out;
    private final List<List<String>> waiting = new ArrayList<>();
    private final List<Boolean> numbers = new ArrayList<>();
    private List<Integer> widths = List.of();

    TableRows(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void columns(List<String> names) {
        waiting.add(names.stream().map(Terminal::shown).toList());
        names.forEach(_ -> numbers.add(false));
    }

    @Override
    public void row(List<JsonNode> values) {
        List<String> cells = values.stream().map(value -> value.isNull() ? "-" : Terminal.shown(Rows.text(value)))
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
