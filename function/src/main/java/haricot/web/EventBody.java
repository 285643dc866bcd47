package haricot.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/// The body of an event, alike in both payloads.
final class EventBody {
    private EventBody() {}

    static Request.Body of(JsonNode event) {
        String body = event.path("body").asText("");
        if (!event.path("isBase64Encoded").asBoolean()) {
            return new Request.Text(body.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return new Request.Binary(Base64Text.decode(body, 0));
        } catch (Base64Text.Malformed e) {
            return new Request.NotBase64(e.position());
        }
    }
}
