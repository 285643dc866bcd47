package haricot.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// Payload 2.0, of API Gateway's HTTP APIs and of function URLs.
final class HttpApiEvent {
    private HttpApiEvent() {}

    static Request request(JsonNode event, Request.Body body) {
        JsonNode context = event.path("requestContext");
        return new Request(context.path("http").path("method").asText("").toUpperCase(Locale.ROOT),
                path(event.path("rawPath").asText(""), context.path("stage").asText("")), query(event), headers(event),
                body, context.path("requestId").asText(""), "", "");
    }

    /// A stage other than `$default` (the only one a function URL has) comes before the path.
    private static String path(String rawPath, String stage) {
        String prefix = "/" + stage;
        boolean staged = !stage.isEmpty() && (rawPath.equals(prefix) || rawPath.startsWith(prefix + "/"));
        String path = staged ? rawPath.substring(prefix.length()) : rawPath;
        return path.startsWith("/") ? path : "/" + path;
    }

    /// From the raw text: the parameters beside it join the values of one name with commas.
    private static Map<String, String> query(JsonNode event) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : event.path("rawQueryString").asText("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                query.put(decoded(pair), "");
            }
        }
        return query;
    }

    /// What is not percent-encoded properly stays as it is, and is refused by whoever reads it.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static Map<String, String> headers(JsonNode event) {
        Map<String, String> headers = new LinkedHashMap<>();
        event.path("headers").properties()
                .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText("")));
        StringJoiner cookies = new StringJoiner("; ");
        event.path("cookies").forEach(cookie -> cookies.add(cookie.asText("")));
        if (cookies.length() > 0) {
            headers.put("cookie", cookies.toString());
        }
        return headers;
    }
}
