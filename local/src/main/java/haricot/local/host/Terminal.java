package haricot.local.host;

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
}
