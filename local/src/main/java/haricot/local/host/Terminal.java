package haricot.local.host;

import haricot.bucket.Visible;

/// What the launcher found out about the standard streams, which Java cannot tell one by one.
public final class Terminal {
    private static final String STREAMS = System.getProperty("haricot.terminal", "");

    private Terminal() {}

    /// Whether a person reads standard output while it is written.
    public static boolean out() {
        return STREAMS.contains("out");
    }

    /// The same for standard error.
    public static boolean err() {
        return STREAMS.contains("err");
    }

    /// Whether the standard output may be coloured: see no-color.org.
    public static boolean colours() {
        return out() && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
    }

    /// Somebody else's text, such as a file's name, on one line and without power over the terminal.
    public static String shown(String text) {
        return Visible.of(text);
    }

    /// The same, where it may have several lines.
    public static String shownLines(String text) {
        return Visible.lines(text);
    }
}
