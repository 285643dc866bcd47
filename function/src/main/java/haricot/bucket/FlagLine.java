package haricot.bucket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A line of a day's merged flags: a flag as it is in its own object, or `{"schema": 1, "key": …, "skipped": why}` for an
/// object under a flag's key that is none. It counts all the same, as it does where only keys are counted.
///
/// @param id of the flag
/// @param key where it lies if it is none, else empty
/// @param json the whole line
record FlagLine(String id, String key, byte[] json) {
    private static final JsonFactory JSON = new JsonFactory();

    /// Of a flag it reads as far as the id, which comes second.
    ///
    /// @throws IOException if it is neither
    static FlagLine of(byte[] line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("id")) {
                    return new FlagLine(parser.getText(), "", line);
                }
                parser.skipChildren();
            }
        }
        String key = Json.read(line, JsonNode.class).path("key").asText();
        return new FlagLine(Keys.flagId(key).orElseThrow(() -> new IOException("a line of no flag")), key, line);
    }

    /// The line for an object, which may have several itself.
    static byte[] of(String key, byte[] object) throws IOException {
        StoredFlag.read(key, object);
        String text = new String(object, StandardCharsets.UTF_8).strip();
        return text.lines().limit(2).count() == 1
                ? text.getBytes(StandardCharsets.UTF_8)
                : Json.write(Json.read(object, JsonNode.class));
    }

    /// The line for an object that is none.
    static byte[] of(Skipped odd) {
        return Json.write(new TreeMap<>(Map.of("schema", 1, "key", odd.key(), "skipped", odd.why())));
    }

    /// Why it is no flag; empty if it is one.
    Optional<String> why() throws IOException {
        return key.isEmpty() ? Optional.empty() : Optional.of(Json.read(json, JsonNode.class).path("skipped").asText());
    }

    /// The flag that it is.
    StoredFlag flag() throws IOException {
        return StoredFlag.of(Json.read(json, JsonNode.class));
    }
}
