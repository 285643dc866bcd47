package haricot;

import java.io.PrintWriter;

/// A start that a setting or a file made impossible.
///
/// Lambda's runtime client logs a failed start as message, class and stack trace, reports the message to Lambda and
/// exits. Without a trace that is one line, and it says what to change.
public final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailed(RuntimeException cause) {
        super(cause.getMessage().replaceAll("\\s+", " "), cause, false, false);
    }

    /// Prints nothing: see above.
    @Override
    public void printStackTrace(PrintWriter out) {}
}
