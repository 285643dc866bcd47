package haricot.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Payload 1.0, of API Gateway's REST APIs.
final class RestEvent {
    private RestEvent() {}

    static Request request(JsonNode event, Request.Body body) {
        return new Request(event.path("httpMethod").asText("").toUpperCase(Locale.ROOT), path(event), query(event),
                headers(event), body, event.path("requestContext").path("requestId").asText(""),
                event.path("requestContext").path("identity").path("apiKeyId").asText(""),
                event.path("resource").asText(""));
    }

    /// The route that matched, filled in. `path` would be what the caller wrote, to which a
    /// custom domain may have added a base path.
    private static String path(JsonNode event) {
        String resource = event.path("resource").asText("");
        JsonNode proxy = event.path("pathParameters").path("proxy");
        if (resource.endsWith("/{proxy+}") && proxy.isTextual()) {
            return resource.substring(0, resource.length() - "{proxy+}".length()) + proxy.textValue();
        }
        if (resource.startsWith("/") && !resource.contains("{")) {
            return resource;
        }
        String path = event.path("path").asText("");
        return path.startsWith("/") ? path : "/" + path;
    }

    /// Already percent-decoded.
    private static Map<String, String> query(JsonNode event) {
        Map<String, String> query = new LinkedHashMap<>();
        event.path("queryStringParameters").properties()
                .forEach(one -> query.put(one.getKey(), one.getValue().asText("")));
        event.path("multiValueQueryStringParameters").properties().forEach(many -> {
            JsonNode values = many.getValue();
            if (!values.isEmpty()) {
                query.put(many.getKey(), values.get(values.size() - 1).asText(""));
            }
        });
        return query;
    }

    private static Map<String, String> headers(JsonNode event) {
        Map<String, String> headers = new LinkedHashMap<>();
        JsonNode many = event.path("multiValueHeaders");
        if (many.isObject() && !many.isEmpty()) {
            many.properties()
                    .forEach(header -> header.getValue().forEach(value -> add(headers, header.getKey(), value)));
        } else {
            event.path("headers").properties().forEach(header -> add(headers, header.getKey(), header.getValue()));
        }
        return headers;
    }

    private static void add(Map<String, String> headers, String name, JsonNode value) {
        headers.merge(name.toLowerCase(Locale.ROOT), value.asText(""), (first, next) -> first + ", " + next);
    }
}
