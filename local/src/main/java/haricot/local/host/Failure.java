package haricot.local.host;

/// A command that cannot do what it was asked to. The message is for the person who asked: what is wrong, and what
/// to do about it.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
