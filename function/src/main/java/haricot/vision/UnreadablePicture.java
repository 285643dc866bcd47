package haricot.vision;

/// Bytes that cannot be judged as a picture. The message is for the caller: it
/// says what is wrong and what to do, and
/// holds neither a path nor the text of another exception.
public final class UnreadablePicture extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why: each is a code of the HTTP contract.
    public enum Reason {
        UNSUPPORTED_FORMAT,
        ANIMATED,
        UNDECODABLE,
        TRUNCATED,
        TOO_MANY_PIXELS
    }

    private final Reason reason;

    /// @param detail one or two sentences for the caller
    public UnreadablePicture(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
