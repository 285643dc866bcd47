package haricot.local.host;

/// What the launcher found out about the standard streams, which Java cannot tell one by one.
public final class Terminal {
    private static final String STREAMS = System.getProperty("haricot.terminal", "");

    private Terminal() {}

    /// Whether a person reads the standard output as it comes.
    public static boolean out() {
        return STREAMS.contains("out");
    }

    /// Likewise for the standard error.
    public static boolean err() {
        return STREAMS.contains("err");
    }

    /// Whether the standard output may be coloured: see no-color.org.
    public static boolean colours() {
        return out() && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
    }
}
