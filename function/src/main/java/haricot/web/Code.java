package haricot.web;

/// Every `code` of the HTTP contract, with its status.
public enum Code {
    EMPTY_BODY(400),
    MALFORMED_JSON(400),
    INVALID_FIELD(400),
    UNKNOWN_FIELD(400),
    DUPLICATE_FIELD(400),
    MISSING_IMAGE(400),
    BAD_BASE64(400),
    IMAGE_URL(400),
    TOO_MANY_IMAGES(400),
    MALFORMED_MULTIPART(400),
    BINARY_AS_TEXT(400),
    INVALID_PARAMETER(400),
    API_KEY(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TOO_LARGE(413),
    UNSUPPORTED_FORMAT(415),
    ANIMATED(415),
    UNDECODABLE(422),
    TRUNCATED(422),
    TOO_MANY_PIXELS(422),
    THROTTLED(429),
    DAILY_CAP(429),
    INTERNAL(500),
    NOT_READY(503);

    private final int status;

    Code(int status) {
        this.status = status;
    }

    /// The HTTP status that goes with it.
    public int status() {
        return status;
    }

    /// As it stands in an answer: lower case, with hyphens.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
