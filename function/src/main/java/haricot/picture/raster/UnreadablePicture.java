package haricot.picture.raster;

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

    /// A file that ends too early.
    public static UnreadablePicture truncated(ImageFormat format) {
        return new UnreadablePicture(Reason.TRUNCATED,
                "The %s file ends before the picture does: send the whole file.".formatted(format));
    }

    /// A file whose bytes contradict its format.
    ///
    /// @param what is wrong, such as `its Huffman table is impossible`
    public static UnreadablePicture damaged(ImageFormat format, String what) {
        return new UnreadablePicture(Reason.UNDECODABLE,
                "The %s file is damaged (%s): save the picture again and send that.".formatted(format, what));
    }

    public Reason reason() {
        return reason;
    }
}
