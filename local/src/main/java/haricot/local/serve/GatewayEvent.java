package haricot.local.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The event that an API Gateway REST API with Lambda proxy integration makes of an HTTP request.
///
/// @param stage as in the addresses that API Gateway gives out, such as `Prod`
/// @param path after the stage, as received
/// @param query raw, empty if there is none
/// @param headers several values stay several
record GatewayEvent(String requestId, Instant time, String method, String stage, String path, String query,
        Map<String, List<String>> headers, byte[] body) {

    /// What template.yaml gives a route of its own.
    private static final List<String> KEYED = List.of("/v1/classify", "/v1/claims");
    private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter
            .ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final JsonFactory JSON = new JsonFactory();

    /// The event as Lambda is sent it, but for its body.
    byte[] json() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("resource", resource());
            json.writeStringField("path", path);
            json.writeStringField("httpMethod", method);
            writeValues(json, "headers", "multiValueHeaders", headers);
            writeValues(json, "queryStringParameters", "multiValueQueryStringParameters", parameters());
            writePathParameters(json);
            json.writeNullField("stageVariables");
            writeContext(json);
            json.writeNullField("body");
            json.writeBooleanField("isBase64Encoded", body.length > 0);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /// Whether a request is for a route that may ask for an API key.
    static boolean keyed(String method, String path) {
        return method.equals("POST") && KEYED.contains(path);
    }

    private String resource() {
        if (path.equals("/")) {
            return "/";
        }
        // Only these have resources of their own there: they alone may ask for an API key.
        return keyed(method, path) ? path : "/{proxy+}";
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return values;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
        }
        return values;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /// Both forms in which an event carries named values: the last of each, and all. Null where there are none.
    private static void writeValues(JsonGenerator json, String last, String all, Map<String, List<String>> values)
            throws IOException {
        if (values.isEmpty()) {
            json.writeNullField(last);
            json.writeNullField(all);
            return;
        }
        json.writeObjectFieldStart(last);
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue().getLast());
        }
        json.writeEndObject();
        json.writeObjectFieldStart(all);
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            json.writeArrayFieldStart(entry.getKey());
            for (String value : entry.getValue()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writePathParameters(JsonGenerator json) throws IOException {
        if (!resource().equals("/{proxy+}")) {
            json.writeNullField("pathParameters");
            return;
        }
        json.writeObjectFieldStart("pathParameters");
        json.writeStringField("proxy", decode(path.substring(1).replace("+", "%2B")));
        json.writeEndObject();
    }

    private void writeContext(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("accountId", "000000000000");
        json.writeStringField("apiId", "local");
        json.writeStringField("domainName", first("Host"));
        json.writeStringField("httpMethod", method);
        json.writeObjectFieldStart("identity");
        json.writeStringField("sourceIp", "127.0.0.1");
        json.writeStringField("userAgent", first("User-Agent"));
        json.writeEndObject();
        json.writeStringField("path", "/" + stage + path);
        json.writeStringField("protocol", "HTTP/1.1");
        json.writeStringField("requestId", requestId);
        json.writeStringField("requestTime", REQUEST_TIME.format(time));
        json.writeNumberField("requestTimeEpoch", time.toEpochMilli());
        json.writeStringField("resourceId", "local");
        json.writeStringField("resourcePath", resource());
        json.writeStringField("stage", stage);
        json.writeEndObject();
    }

    /// What the body would take in the event. Every one travels as base64: template.yaml says that all media types are
    /// binary, so that no body loses bytes, whatever its type or without one.
    long bodyLength() {
        return (body.length + 2L) / 3 * 4;
    }

    private String first(String header) {
        return headers.getOrDefault(header, List.of("")).getFirst();
    }
}
