package haricot.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/// An event as JSON, its body apart: that alone is large, and is read where it lies.
///
/// @param members all but the body
/// @param body empty where there is none
record EventJson(JsonNode members, Span body) {
    static final String BODY = "body";
    /// Real events are a few levels deep; the depth bounds what a hand-written one costs.
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64)
                    .maxStringLength(2 * Limits.EVENT_BYTES).maxNumberLength(100).build())
            .build()).build();
    /// A member that stands for those before the body, so that those behind it are an object again.
    private static final String BEFORE = "{\"\":0";

    /// @throws IOException when it is not JSON
    static EventJson read(byte[] event) throws IOException {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        try (JsonParser json = JSON.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new EventJson(JsonNodeFactory.instance.missingNode(), Span.EMPTY);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                Optional<JsonText> body = json.nextToken() == JsonToken.VALUE_STRING && name.equals(BODY)
                        ? large(json, event)
                        : Optional.empty();
                if (body.isPresent()) {
                    members.setAll(behind(event, body.get().end()));
                    return apart(members, body.get().text());
                }
                members.set(name, JSON.readTree(json));
            }
        }
        return apart(members, Span.EMPTY);
    }

    /// A text that the parser has come to and has not read yet.
    private static Optional<JsonText> large(JsonParser json, byte[] event) {
        long quote = json.currentTokenLocation().getByteOffset();
        return quote < 0 ? Optional.empty() : JsonText.read(event, (int) quote + 1);
    }

    private static ObjectNode behind(byte[] event, int from) throws IOException {
        byte[] rest = new byte[BEFORE.length() + event.length - from];
        for (int i = 0; i < BEFORE.length(); i++) {
            rest[i] = (byte) BEFORE.charAt(i);
        }
        System.arraycopy(event, from, rest, BEFORE.length(), event.length - from);
        ObjectNode members = (ObjectNode) JSON.readTree(rest);
        members.remove("");
        return members;
    }

    /// Of several bodies the last counts, as of every member.
    private static EventJson apart(ObjectNode members, Span body) {
        JsonNode other = members.remove(BODY);
        return new EventJson(members, other == null ? body : Span.of(other.asText("")));
    }
}
