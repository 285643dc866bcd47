package haricot.drift.page;

import haricot.bucket.Visible;
import haricot.drift.Level;
import java.util.List;

/// Pieces of a page. Everything that comes from the bucket passes [#text].
public final class Html {
    private Html() {}

    /// Plain text as it may appear in an element or an attribute, with control characters written out.
    public static String text(Object plain) {
        return Visible.of(String.valueOf(plain)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }

    /// A table whose first column names its rows.
    ///
    /// @param heads as many as each row has cells, plain text
    /// @param rows cells, already in HTML
    public static String table(String caption, List<String> heads, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<p class=\"caption\">").append(text(caption))
                .append("</p><div class=\"wide\" tabindex=\"0\"><table aria-label=\"").append(text(caption))
                .append("\"><thead><tr>");
        heads.forEach(head -> table
                .append(head.isEmpty() ? "<td></td>" : "<th scope=\"col\">" + text(head) + "</th>"));
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

    /// A drawing that a phone shows at a readable size, to be moved sideways.
    static String scrolling(String svg) {
        return "<div class=\"wide\" tabindex=\"0\">" + svg + "</div>";
    }

    /// The same of days, which begins at its end: the last day is what a reader came for.
    static String scrollingBack(String svg) {
        return "<div class=\"wide back\" tabindex=\"0\">" + svg + "</div>";
    }

    /// Numbers behind a drawing, folded away.
    static String folded(String summary, String content) {
        return "<details><summary>" + text(summary) + "</summary>" + content + "</details>";
    }
}
