package haricot.web;

/// A refusal for the caller (RFC 9457), thrown where it is found. The message
/// is the `detail`.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Code code;
    private final String pointer;

    /// @param pointer RFC 6901 into the JSON body, such as `/images/3/image`; empty
    ///     where there is none
    /// @param detail what is wrong and what to do, in words for the caller
    public Problem(Code code, String pointer, String detail) {
        super(detail);
        this.code = code;
        this.pointer = pointer;
    }

    /// A problem that no single place of a JSON body has.
    public Problem(Code code, String detail) {
        this(code, "", detail);
    }

    public Code code() {
        return code;
    }

    public String pointer() {
        return pointer;
    }

    public String detail() {
        return getMessage();
    }
}
