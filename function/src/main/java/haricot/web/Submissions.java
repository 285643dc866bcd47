package haricot.web;

import java.util.Locale;

/// Reads what a caller wants classified out of a request. `multipart/form-data` is what
/// its header says; of all else the bytes decide: a body whose first character is `{`
/// (after white space and a byte order mark, which some editors write) is JSON, and
/// anything else is a picture.
public final class Submissions {
    private static final String LOST = "The body came as text, and a picture loses bytes that way. Send it with "
            + "Content-Type image/jpeg, image/png, image/webp or application/octet-stream, "
            + "as multipart/form-data, or as base64 in JSON.";

    private Submissions() {}

    /// @param labels of the model: the most that `topK` may ask for
    /// @throws Problem when the request as a whole cannot be read; a place of a batch that
    ///     cannot is an [Submission.Unreadable]
    public static Submission read(Request request, int labels) {
        if (!Limits.fit(request.body())) {
            throw new Problem(Code.TOO_LARGE, Limits.IN_WORDS);
        }
        Options options = Options.of(request.query(), labels);
        String encoding = request.header("content-encoding");
        if (!encoding.isEmpty()) {
            refuseLost(request.body());
        }
        byte[] bytes = ContentEncoding.undone(encoding, bytes(request.body()));
        int start = Bytes.start(bytes);
        if (start == bytes.length) {
            throw new Problem(Code.EMPTY_BODY, "The body is empty. Send a picture: JPEG, PNG or WebP.");
        }
        String type = request.header("content-type").strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/form-data")) {
            refuseLost(request.body());
            return new MultipartForm(options, labels).read(bytes, request.header("content-type"));
        }
        if (bytes[start] == '{') {
            return new JsonForm(options, labels).read(bytes, start);
        }
        TwiceEncoded.body(bytes, start).ifPresent(what -> {
            throw new Problem(isJson(type) ? Code.MALFORMED_JSON : Code.UNSUPPORTED_FORMAT, what);
        });
        if (isJson(type) && Bytes.isText(bytes)) {
            throw new Problem(Code.MALFORMED_JSON,
                    "The body is declared as JSON, so it must be an object: {\"image\": \"…\"}.");
        }
        refuseLost(request.body());
        Stripped.refuse(bytes);
        return new Submission.Single(new Submission.Item(bytes, "", options.clientId(), options.topK()));
    }

    private static byte[] bytes(Request.Body body) {
        return switch (body) {
            case Request.Binary(byte[] bytes) -> bytes;
            case Request.Text(byte[] bytes) -> bytes;
            case Request.NotBase64(int position) -> throw new Problem(Code.BAD_BASE64,
                    "The event says that its body is base64, but character " + position + " of it (from 0) is not.");
        };
    }

    /// Text that is text all through is left to the decoder, which names what it is.
    private static void refuseLost(Request.Body body) {
        if (body instanceof Request.Text(byte[] bytes) && !Bytes.isText(bytes)) {
            throw new Problem(Code.BINARY_AS_TEXT, LOST);
        }
    }

    private static boolean isJson(String type) {
        String bare = type.split(";", 2)[0].strip();
        return bare.equals("application/json") || bare.endsWith("+json");
    }
}
