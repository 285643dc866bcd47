package haricot.web;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Lets pages of other origins use the API, and read the ids of their requests.
///
/// An allowed origin is echoed rather than answered with `*`, so that an answer is the
/// same whether all origins are allowed or some. No cookie is ever read: credentials are
/// not allowed.
public final class Cors {
    /// What an `Origin` looks like: a scheme and an authority, or `null`. Only this is echoed.
    private static final Pattern ORIGIN = Pattern.compile("null|[a-z][a-z0-9+.-]{0,31}://[!-~&&[^\"<>\\\\,]]{1,255}",
            Pattern.CASE_INSENSITIVE);

    private final Set<String> allowed;

    /// @param allowedOrigins such as `https://farm.example`; `*` among them allows all
    public Cors(List<String> allowedOrigins) {
        this.allowed = Set.copyOf(allowedOrigins);
    }

    /// The answer with what a browser needs to know about it; for `OPTIONS`, also what a
    /// page may send.
    public Response on(Request request, Response response) {
        Response told = response.with("Vary", "Origin");
        String origin = request.header("origin");
        if (!allows(origin)) {
            return told;
        }
        told = told.with("Access-Control-Allow-Origin", origin).with("Access-Control-Expose-Headers",
                "X-Request-Id, x-amzn-RequestId, apigw-requestid, Retry-After");
        if (!request.method().equals("OPTIONS")) {
            return told;
        }
        return told.with("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
                .with("Access-Control-Allow-Headers", "content-type, x-api-key")
                .with("Access-Control-Max-Age", "7200");
    }

    private boolean allows(String origin) {
        return ORIGIN.matcher(origin).matches() && (allowed.contains("*") || allowed.contains(origin));
    }
}
