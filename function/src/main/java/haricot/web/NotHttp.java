package haricot.web;

/// An event that did not come from an HTTP request: from a schedule, from a queue, or
/// written by hand and broken. There is no caller to answer, so the handler counts it as
/// its own failure, and its message is for the log.
public final class NotHttp extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotHttp(String message) {
        super(message);
    }

    NotHttp(String message, Throwable cause) {
        super(message, cause);
    }
}
