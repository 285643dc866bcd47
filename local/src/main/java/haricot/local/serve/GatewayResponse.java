package haricot.local.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import haricot.web.Code;
import haricot.web.Problem;
import haricot.web.Problems;
import haricot.web.Response;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// An HTTP answer of the gateway: the function's, or its own where the function never sees the request.
record GatewayResponse(int status, Map<String, String> headers, byte[] body) {

    /// The function's.
    static GatewayResponse of(Response response) {
        return new GatewayResponse(response.status(), response.headers(),
                response.body().getBytes(StandardCharsets.UTF_8));
    }

    /// A refusal that template.yaml words as the contract does, for pages of every origin.
    static GatewayResponse problem(Code code, String detail, String requestId) {
        Response response = Problems.response(new Problem(code, detail), requestId);
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("Access-Control-Allow-Origin", "*");
        return new GatewayResponse(response.status(), headers, response.body().getBytes(StandardCharsets.UTF_8));
    }

    /// What API Gateway itself says.
    static GatewayResponse gateway(int status, String message) {
        return new GatewayResponse(status,
                Map.of("Content-Type", "application/json", "Access-Control-Allow-Origin", "*"),
                JsonNodeFactory.instance.objectNode().put("message", message).toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /// The function logs the requests that it sees; this is a line for each of the others.
    GatewayResponse logged(String requestId, PrintStream log) {
        log.print("{\"event\":\"refused-by-gateway\",\"time\":\"" + Instant.now() + "\",\"requestId\":\"" + requestId
                + "\",\"status\":" + status + "}\n");
        return this;
    }
}
