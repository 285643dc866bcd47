package haricot.web;

import java.util.Locale;

/// Every `code` of the HTTP contract, with its status.
public enum Code {
    EMPTY_BODY(Status.BAD_REQUEST),
    MALFORMED_JSON(Status.BAD_REQUEST),
    INVALID_FIELD(Status.BAD_REQUEST),
    UNKNOWN_FIELD(Status.BAD_REQUEST),
    DUPLICATE_FIELD(Status.BAD_REQUEST),
    MISSING_IMAGE(Status.BAD_REQUEST),
    BAD_BASE64(Status.BAD_REQUEST),
    IMAGE_URL(Status.BAD_REQUEST),
    TOO_MANY_IMAGES(Status.BAD_REQUEST),
    MALFORMED_MULTIPART(Status.BAD_REQUEST),
    BINARY_AS_TEXT(Status.BAD_REQUEST),
    INVALID_PARAMETER(Status.BAD_REQUEST),
    API_KEY(Status.FORBIDDEN),
    NOT_FOUND(Status.NOT_FOUND),
    METHOD_NOT_ALLOWED(Status.METHOD_NOT_ALLOWED),
    TOO_LARGE(Status.CONTENT_TOO_LARGE),
    UNSUPPORTED_FORMAT(Status.UNSUPPORTED_MEDIA_TYPE),
    ANIMATED(Status.UNSUPPORTED_MEDIA_TYPE),
    UNDECODABLE(Status.UNPROCESSABLE_CONTENT),
    TRUNCATED(Status.UNPROCESSABLE_CONTENT),
    TOO_MANY_PIXELS(Status.UNPROCESSABLE_CONTENT),
    THROTTLED(Status.TOO_MANY_REQUESTS),
    DAILY_CAP(Status.TOO_MANY_REQUESTS),
    NOT_IN_ROLLOUT(Status.TOO_MANY_REQUESTS),
    INTERNAL(Status.INTERNAL_SERVER_ERROR),
    NOT_READY(Status.SERVICE_UNAVAILABLE);

    private enum Status {
        BAD_REQUEST(400, "Bad Request"),
        FORBIDDEN(403, "Forbidden"),
        NOT_FOUND(404, "Not Found"),
        METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
        CONTENT_TOO_LARGE(413, "Content Too Large"),
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
        UNPROCESSABLE_CONTENT(422, "Unprocessable Content"),
        TOO_MANY_REQUESTS(429, "Too Many Requests"),
        INTERNAL_SERVER_ERROR(500, "Internal Server Error"),
        SERVICE_UNAVAILABLE(503, "Service Unavailable");

        private final int number;
        private final String phrase;

        Status(int number, String phrase) {
            this.number = number;
            this.phrase = phrase;
        }
    }

    private final Status status;

    Code(Status status) {
        this.status = status;
    }

    /// The HTTP status that goes with it.
    public int status() {
        return status.number;
    }

    /// The status in words, as RFC 9110 has them: the `title` of a problem.
    public String title() {
        return status.phrase;
    }

    /// As it appears in an answer: lower case, with hyphens.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
