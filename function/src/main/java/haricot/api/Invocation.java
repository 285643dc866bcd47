package haricot.api;

/// Which of Lambda's calls is being answered. Its ids stand in every line of the log meanwhile.
///
/// @param requestId Lambda's own id; empty outside of Lambda
/// @param traceId of X-Ray; empty where nothing is traced
public record Invocation(String requestId, String traceId) {
    public static final Invocation NONE = new Invocation("", "");
}
