package haricot.web;

import java.time.Duration;

/// A refusal for the caller (RFC 9457), thrown where it is found. The message
/// is the `detail`.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Code code;
    private final String pointer;
    private final Duration retryAfter;

    /// @param pointer RFC 6901 into the JSON body, such as `/images/3/image`; empty
    ///     where there is none
    /// @param detail what is wrong and what to do, in words for the caller
    public Problem(Code code, String pointer, String detail) {
        this(code, pointer, detail, Duration.ZERO);
    }

    /// A problem that passes.
    ///
    /// @param retryAfter how long it lasts
    public Problem(Code code, String detail, Duration retryAfter) {
        this(code, "", detail, retryAfter);
    }

    private Problem(Code code, String pointer, String detail, Duration retryAfter) {
        super(detail);
        this.code = code;
        this.pointer = pointer;
        this.retryAfter = retryAfter;
    }

    /// A problem that no single place of a JSON body has.
    public Problem(Code code, String detail) {
        this(code, "", detail);
    }

    public Code code() {
        return code;
    }

    /// How long the problem lasts; zero where time does not help.
    public Duration retryAfter() {
        return retryAfter;
    }

    public String pointer() {
        return pointer;
    }

    public String detail() {
        return getMessage();
    }
}
