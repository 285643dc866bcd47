package haricot.drift.page;

import haricot.drift.Level;
import java.util.List;

/// Pieces of a page. Everything that comes from the bucket passes [#text].
final class Html {
    private Html() {}

    /// Plain text as it may appear in an element or an attribute.
    static String text(Object plain) {
        return String.valueOf(plain).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }

    /// A table whose first column names its rows.
    ///
    /// @param heads as many as each row has cells, plain text
    /// @param rows cells, already in HTML
    static String table(String caption, List<String> heads, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table><caption>").append(text(caption))
                .append("</caption><thead><tr>");
        heads.forEach(head -> table.append("<th scope=\"col\">").append(text(head)).append("</th>"));
        table.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            table.append("<tr><th scope=\"row\">").append(row.getFirst()).append("</th>");
            row.stream().skip(1).forEach(cell -> table.append("<td>").append(cell).append("</td>"));
            table.append("</tr>");
        }
        return table.append("</tbody></table></div>").toString();
    }

    /// A verdict in its colour, and in words for those who cannot see it.
    static String level(Level level) {
        return "<span class=\"level " + level.word() + "\">" + level.word() + "</span>";
    }

    /// Numbers behind a drawing, folded away.
    static String folded(String summary, String content) {
        return "<details><summary>" + text(summary) + "</summary>" + content + "</details>";
    }
}
