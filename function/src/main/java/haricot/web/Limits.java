package haricot.web;

/// The limits of a request, which the local gateway enforces as well.
public final class Limits {
    /// Bytes of an event that Lambda takes: its documentation says 6 MB, its refusal names
    /// this number. The front answers 413 past it, and the function never sees the request.
    public static final int EVENT_BYTES = 6_291_556;

    /// The same in words, for whoever sent too much.
    public static final String IN_WORDS = "A request may hold about 4.7 MB of pictures in all, or 3.5 MB inside JSON: "
            + "as base64, with the request around it, it must fit in the 6,291,556 bytes that AWS Lambda takes. "
            + "Send the picture's bytes as they are, a smaller or more strongly compressed picture, or fewer at a time.";

    /// Pictures in one request.
    public static final int IMAGES = 16;

    /// Characters (Unicode code points) of a `clientId`.
    public static final int CLIENT_ID = 128;

    private Limits() {}

    /// Whether a body of this many bytes can be part of an event, where it is base64
    /// (four characters for three bytes) or, if it is text, itself.
    static boolean fit(Request.Body body) {
        return switch (body) {
            case Request.Binary(byte[] bytes) -> bytes.length <= EVENT_BYTES / 4 * 3;
            case Request.Text(byte[] bytes) -> bytes.length <= EVENT_BYTES;
            case Request.NotBase64(int _) -> true;
        };
    }
}
