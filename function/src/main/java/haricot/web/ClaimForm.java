package haricot.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/// The body of a claim: `{"id": …, "label": …}`, and the picture once more if it is to be kept.
///
/// @param id of the answer
/// @param label that it should have had
/// @param image the bytes of the picture that was answered; empty if they were not sent again
public record ClaimForm(String id, String label, byte[] image) {
    private static final List<String> FIELDS = List.of("id", "label", "image");
    private static final byte[] NOT_SENT = {};
    /// A claim without a picture has some hundred bytes. Whatever is larger is something else.
    private static final int MOST_BYTES = 4_000;
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /// @throws Problem that says what is wrong with it
    public static ClaimForm read(Request request) {
        JsonNode body = json(bytes(request));
        for (Iterator<String> names = body.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw JsonFields.unknown(name, Quote.step(name), "id, label and image");
            }
        }
        return new ClaimForm(text(body, "id"), text(body, "label"), image(body));
    }

    private static byte[] bytes(Request request) {
        if (!Limits.fit(request.body())) {
            throw new Problem(Code.TOO_LARGE, "The request is larger than the function can take. " + Limits.IN_WORDS);
        }
        byte[] bytes = switch (request.body()) {
            case Request.Binary(byte[] sent) -> sent;
            case Request.Text(byte[] sent) -> sent;
            case Request.NotBase64(int position) -> throw new Problem(Code.BAD_BASE64,
                    "The event's body is not base64: it goes wrong at character " + position + ".");
        };
        if (bytes.length == 0) {
            throw new Problem(Code.EMPTY_BODY, "There is no body. Send {\"id\": \"…\", \"label\": \"…\"}.");
        }
        return bytes;
    }

    private static JsonNode json(byte[] bytes) {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body.isObject()) {
                if (bytes.length > MOST_BYTES && !body.has("image")) {
                    throw new Problem(Code.TOO_LARGE,
                            "A claim is {\"id\": \"…\", \"label\": \"…\"}, and image for the picture.");
                }
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new Problem(Code.MALFORMED_JSON, "The body is not one JSON object, or has a field twice.");
        } catch (IOException e) {
            throw new Problem(Code.MALFORMED_JSON, "The body is not valid UTF-8, which JSON must be.");
        }
        throw new Problem(Code.MALFORMED_JSON, "A claim is one JSON object: {\"id\": \"…\", \"label\": \"…\"}.");
    }

    private static byte[] image(JsonNode body) {
        return body.has("image") ? PictureText.decode(Span.of(text(body, "image")), "/image") : NOT_SENT;
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new Problem(Code.INVALID_FIELD, Quote.step(name), "The field " + name + " must be a string.");
        }
        return value.textValue();
    }
}
