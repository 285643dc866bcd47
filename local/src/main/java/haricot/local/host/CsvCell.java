package haricot.local.host;

import java.util.regex.Pattern;

/// Text as a cell of a CSV file that a spreadsheet may open.
public final class CsvCell {
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].", Pattern.DOTALL);

    private CsvCell() {}

    /// A spreadsheet would take a cell that begins so for a formula, and run it: an apostrophe makes it text (OWASP, CSV
    /// injection). A line break would make two rows of one, for whoever reads lines.
    public static String of(String value) {
        String cell = FORMULA.matcher(value).lookingAt() ? "'" + Terminal.shown(value) : Terminal.shown(value);
        return cell.matches("[^\",]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
