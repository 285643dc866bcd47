package haricot.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Problems as callers see them: RFC 9457. The type is `about:blank`, which goes without saying.
public final class Problems {
    private Problems() {}

    /// @param id of the request, by which its line is found in the log
    public static Response response(Problem problem, String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/problem+json");
        headers.put("Cache-Control", "no-store");
        if (problem.retryAfter().isPositive()) {
            // A caller that comes back within the last second would be refused once more.
            headers.put("Retry-After", Long.toString(problem.retryAfter().plusMillis(999).toSeconds()));
        }
        return new Response(problem.code().status(), headers, json(problem, id).toString());
    }

    /// The same as an object, for a place of a batch.
    public static ObjectNode json(Problem problem, String id) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("title", problem.code().title())
                .put("status", problem.code().status());
        if (!problem.detail().isEmpty()) {
            json.put("detail", problem.detail());
        }
        json.put("code", problem.code().word()).put("id", id);
        if (!problem.pointer().isEmpty()) {
            json.put("pointer", problem.pointer());
        }
        return json;
    }
}
