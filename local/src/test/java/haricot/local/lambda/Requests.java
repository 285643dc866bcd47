package haricot.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// Events of a REST API with a picture of every format in every form.
final class Requests {
    static final List<String> FORMS = List.of("raw", "json", "batch", "multipart");
    static final List<String> FORMATS = List.of("jpeg", "png", "webp");

    private static final String BOUNDARY = "between";

    private Requests() {}

    /// @param name as in `raw/jpeg`
    record Named(String name, byte[] event) {}

    /// All of them, with pictures of 500 x 500.
    static List<Named> all() throws IOException {
        List<Named> all = new ArrayList<>();
        for (String format : FORMATS) {
            byte[] picture = format.equals("webp") ? webp() : drawn(500, 500, format);
            for (String form : FORMS) {
                all.add(new Named(form + "/" + format, event(form, format, picture)));
            }
        }
        return all;
    }

    static byte[] event(String form, String format, byte[] picture) {
        String base64 = Base64.getEncoder().encodeToString(picture);
        return switch (form) {
            case "raw" -> post("image/" + format, base64, true);
            case "json" -> post("application/json", "{\"image\": \"" + base64 + "\"}", false);
            case "batch" ->
                post("application/json", "{\"images\": [\"" + base64 + "\", {\"image\": \"" + base64 + "\"}]}", false);
            case "multipart" -> post("multipart/form-data; boundary=" + BOUNDARY, multipart(picture), true);
            default -> throw new IllegalArgumentException(form);
        };
    }

    static byte[] get(String path) {
        ObjectNode event = event("GET", "/{proxy+}");
        event.putObject("pathParameters").put("proxy", path);
        return bytes(event.putNull("body").put("isBase64Encoded", false));
    }

    /// Gradients, edges and noise.
    static byte[] drawn(int width, int height, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0x7db24a), width, height, new Color(0x5d4936)));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(0x9a5a1e));
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            pen.fillOval(random.nextInt(width), random.nextInt(height), width / 20, height / 25);
        }
        pen.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /// The JDK writes no WebP: this one is drawn, too, and comes with the function.
    private static byte[] webp() throws IOException {
        try (InputStream in = Requests.class.getResourceAsStream("/haricot/rehearsal/lossy.webp")) {
            return in.readAllBytes();
        }
    }

    private static byte[] post(String type, String body, boolean base64) {
        ObjectNode event = event("POST", "/v1/classify");
        event.putNull("pathParameters");
        event.putObject("headers").put("Content-Type", type);
        return bytes(event.put("body", body).put("isBase64Encoded", base64));
    }

    private static ObjectNode event(String method, String resource) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("resource", resource).put("path", resource)
                .put("httpMethod", method).putNull("queryStringParameters");
        event.putObject("requestContext").put("stage", "Prod").put("requestId", "harness");
        return event;
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String multipart(byte[] picture) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(picture);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(body.toByteArray());
    }
}
