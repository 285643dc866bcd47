package haricot;

/// A setting of the environment that stops the start.
public final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param value as given, empty if it is missing
    /// @param expected what is allowed, in words
    public BadSetting(String name, String value, String expected) {
        super(name + "=" + value + ": expected " + expected);
    }
}
