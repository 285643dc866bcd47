package haricot.local.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import haricot.web.Code;
import haricot.web.Problem;
import haricot.web.Problems;
import haricot.web.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// An HTTP answer of the gateway: the function's, or its own where the function never sees the request.
record GatewayResponse(int status, Map<String, String> headers, byte[] body) {

    /// The function's, from what its handler wrote.
    static GatewayResponse of(JsonNode proxyResponse) {
        Map<String, String> headers = new LinkedHashMap<>();
        proxyResponse.path("headers").properties()
                .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        String body = proxyResponse.path("body").asText("");
        byte[] bytes = proxyResponse.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
        return new GatewayResponse(proxyResponse.path("statusCode").asInt(502), headers, bytes);
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
}
