package haricot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Requests to rehearse with: drawn pictures of every kind of file, in every form, through every front, what is read
/// with GET, and what is refused.
final class DrawnRequests {
    /// One for each way in which a file is decoded; the script that drew them is beside the tests.
    static final List<String> PICTURES = List.of("baseline.jpg", "progressive.jpg", "large.jpg",
            "truecolour.png", "palette.png", "lossy.webp", "lossless.webp");
    /// For each format, the kind that callers send most.
    private static final List<String> USUAL = List.of("baseline.jpg", "truecolour.png", "lossy.webp");
    private static final String BOUNDARY = "----drawn";

    private final List<Drawn> requests = new ArrayList<>();

    /// @param name for whoever reads why a rehearsal failed
    /// @param event as Lambda gets it
    /// @param status of the only right answer
    record Drawn(String name, byte[] event, int status) {}

    private enum Front {
        REST,
        HTTP_API,
        FUNCTION_URL
    }

    private DrawnRequests() {}

    static List<Drawn> all() {
        DrawnRequests drawn = new DrawnRequests();
        PICTURES.forEach(name -> drawn.post(name, "image/" + name.substring(name.indexOf('.') + 1), picture(name)));
        USUAL.forEach(name -> drawn.post(name + " in JSON", "application/json", json(name)));
        drawn.post("batch", "application/json", batch());
        USUAL.forEach(name -> drawn.post(name + " in a form", formType(), form(List.of(name))));
        drawn.post("form with several files", formType(), form(USUAL));
        drawn.refused("no picture", "image/jpeg", "no picture".getBytes(StandardCharsets.UTF_8), 415);
        drawn.refused("no base64", "application/json", "{\"image\": \"*\"}".getBytes(StandardCharsets.UTF_8), 400);
        List.of("", "v1/model", "v1/health", "openapi.json").forEach(drawn::get);
        return drawn.requests;
    }

    private void post(String name, String type, byte[] body) {
        refused(name, type, body, 200);
    }

    private void refused(String name, String type, byte[] body, int status) {
        requests.add(new Drawn(name, event("POST", "v1/classify", type, body), status));
    }

    private void get(String path) {
        requests.add(new Drawn("GET /" + path, event("GET", path, "", new byte[0]), 200));
    }

    /// The fronts take turns.
    private byte[] event(String method, String path, String type, byte[] body) {
        Front front = Front.values()[requests.size() % Front.values().length];
        ObjectNode event = switch (front) {
            case REST -> rest(method, path);
            case HTTP_API -> version2(method, "/rehearsal/" + path, "rehearsal");
            case FUNCTION_URL -> version2(method, "/" + path, "$default");
        };
        event.putObject("headers").put("content-type", type).put("origin", "https://rehearsal.invalid");
        boolean text = type.equals("application/json");
        event.put("isBase64Encoded", !text).put("body",
                text ? new String(body, StandardCharsets.UTF_8) : Base64.getEncoder().encodeToString(body));
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode rest(String method, String path) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("resource", "/{proxy+}").put("path", "/" + path)
                .put("httpMethod", method);
        event.putObject("pathParameters").put("proxy", path);
        event.putObject("requestContext").put("stage", "rehearsal").put("requestId", "rehearsal");
        return event;
    }

    private static ObjectNode version2(String method, String rawPath, String stage) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("version", "2.0").put("rawPath", rawPath)
                .put("rawQueryString", "topK=2&clientId=rehearsal");
        event.putObject("requestContext").put("stage", stage).put("requestId", "rehearsal").putObject("http")
                .put("method", method);
        return event;
    }

    private static byte[] json(String name) {
        return JsonNodeFactory.instance.objectNode().put("image", Base64.getEncoder().encodeToString(picture(name)))
                .toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] batch() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var images = body.putArray("images");
        USUAL.forEach(name -> images.add(Base64.getUrlEncoder().encodeToString(picture(name))));
        images.addObject().put("clientId", "rehearsal").put("image",
                Base64.getEncoder().encodeToString(picture(USUAL.getFirst())));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String formType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    private static byte[] form(List<String> names) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String name : names) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + name
                    + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(picture(name));
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    static byte[] picture(String name) {
        try (InputStream in = DrawnRequests.class.getResourceAsStream("rehearsal/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks rehearsal/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading rehearsal/" + name, e);
        }
    }
}
