package haricot.local.sql;

import haricot.local.host.Failure;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One query, which only reads.
///
/// @param sql without comments and without a semicolon
record Query(String sql) {
    private static final Pattern PART = Pattern.compile("--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|.",
            Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final List<String> READING = List.of("select", "with", "values");

    /// @throws Failure if it is something else than one query
    static Query of(String text) {
        String sql = withoutComments(text);
        Matcher first = WORD.matcher(sql);
        if (!first.find()) {
            throw new Failure("there is no query: './haricot sql' lists the tables, with an example each");
        }
        String word = first.group().toLowerCase(Locale.ROOT);
        if (!READING.contains(word) || !sql.substring(0, first.start()).isBlank()) {
            throw new Failure("a query begins with select or with, and changes nothing: " + word + " is not for here");
        }
        return new Query(sql);
    }

    /// The tables that it may read, itself and through views: those whose names it mentions anywhere.
    Set<Table> tables() {
        Set<Table> tables = EnumSet.noneOf(Table.class);
        Matcher words = WORD.matcher(sql.toLowerCase(Locale.ROOT));
        while (words.find()) {
            String word = words.group();
            for (Table table : Table.values()) {
                if (table.word().equals(word)) {
                    tables.add(table);
                }
            }
            for (View view : View.values()) {
                if (view.word().equals(word)) {
                    tables.addAll(view.tables());
                }
            }
        }
        return tables;
    }

    private static String withoutComments(String text) {
        StringBuilder sql = new StringBuilder();
        Matcher parts = PART.matcher(text.strip());
        boolean over = false;
        while (parts.find()) {
            String part = parts.group();
            if (part.startsWith("--") || part.startsWith("/*") && part.length() > 1) {
                sql.append(' ');
            } else if (part.equals(";")) {
                over = true;
            } else if (over && !part.isBlank()) {
                throw new Failure("one query at a time: something follows the semicolon");
            } else {
                sql.append(part);
            }
        }
        return sql.toString().strip();
    }
}
