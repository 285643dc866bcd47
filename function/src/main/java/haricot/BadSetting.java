package haricot;

/// A setting of the environment that stops the start.
public final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param value as it was given, empty where it was missing
    /// @param expected what it may be, in words
    public BadSetting(String name, String value, String expected) {
        super(name + "=" + value + ": expected " + expected);
    }
}
