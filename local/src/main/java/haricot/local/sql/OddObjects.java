package haricot.local.sql;

import haricot.local.host.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What lies among the objects of a table and is none of them. Safe for use by several threads.
final class OddObjects {
    private final Map<Table, Long> counts = new TreeMap<>();
    private final List<String> first = new ArrayList<>();

    /// @param why its first line is shown
    synchronized void add(Table table, String key, String why) {
        counts.merge(table, 1L, Long::sum);
        if (first.isEmpty()) {
            first.add(key + " (" + why.lines().findFirst().orElse("") + ")");
        }
    }

    /// In one sentence; empty where there was none.
    synchronized String sentence() {
        if (counts.isEmpty()) {
            return "";
        }
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        String places = counts.entrySet().stream().map(each -> each.getValue() + " among the " + each.getKey().word())
                .collect(Collectors.joining(", "));
        return Terminal.shown("Left out because " + (all == 1 ? "it is" : "they are") + " no such object: " + places
                + "; " + (all == 1 ? "" : "one is ") + first.getFirst() + ".");
    }
}
