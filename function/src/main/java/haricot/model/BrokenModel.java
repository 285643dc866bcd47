package haricot.model;

/// A model file that breaks the contract. It stops the start, or a deployment:
/// whoever made the file reads the message.
public final class BrokenModel extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;
    private final String expected;

    /// @param field where in the file, such as `thresholds.review` or `output score`
    /// @param value what is there
    /// @param expected what the contract wants there
    public BrokenModel(String field, String value, String expected) {
        super("%s is %s, expected %s".formatted(field, value, expected));
        this.field = field;
        this.value = value;
        this.expected = expected;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String expected() {
        return expected;
    }
}
