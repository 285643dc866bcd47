package haricot.bucket;

import java.util.stream.Collectors;

/// Text of somebody else's as a person may safely be shown it: a key, a label, a file's name. What would move a
/// terminal's cursor, colour it, end its line, or turn its direction is written out, as `\n` or `\u001b`.
public final class Visible {
    private Visible() {}

    /// One line of it. Of JSON it leaves the meaning as it was.
    public static String of(String text) {
        if (isHarmless(text)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (harmless(point)) {
                visible.appendCodePoint(point);
            } else {
                visible.append(escaped(point));
            }
        });
        return visible.toString();
    }

    /// The same, where it may have several lines.
    public static String lines(String text) {
        return text.lines().map(Visible::of).collect(Collectors.joining("\n"));
    }

    /// Whether all of it can be shown as it is.
    private static boolean isHarmless(String text) {
        return text.codePoints().allMatch(Visible::harmless);
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                false;
            default -> true;
        };
    }

    private static String escaped(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> Character.toString(point).chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
        };
    }
}
