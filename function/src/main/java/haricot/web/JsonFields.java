package haricot.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/// The fields of a JSON body, each with its own refusal. Every method starts on the
/// field's value, and leaves the parser there.
final class JsonFields {
    private JsonFields() {}

    /// The bytes of a picture.
    static byte[] picture(JsonParser json, String pointer) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(json, pointer, "A picture must be a string of base64");
        }
        return PictureText.decode(JsonText.at(json), pointer);
    }

    /// Empty for `null`, so that an answer's own `clientId` may be sent back.
    static String clientId(JsonParser json, String pointer) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(json, pointer, "clientId must be a string");
        }
        return Options.clientId(json.getText(), Code.INVALID_FIELD, pointer);
    }

    /// 0 for `null`.
    static int topK(JsonParser json, String pointer, int labels) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return 0;
        }
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(json, pointer, "topK must be a whole number");
        }
        return Options.topK(json.getText(), labels, Code.INVALID_FIELD, pointer);
    }

    /// Counts a field, which may appear in an object once.
    static void once(Set<String> seen, String name, String pointer) {
        if (!seen.add(name)) {
            throw new Problem(Code.DUPLICATE_FIELD, pointer, "The field " + Quote.of(name) + " appears twice.");
        }
    }

    /// @param known the fields that exist, in words
    static Problem unknown(String name, String pointer, String known) {
        return new Problem(Code.UNKNOWN_FIELD, pointer,
                "There is no field " + Quote.of(name) + " here. The fields are " + known + ".");
    }

    /// @param expected the beginning of a sentence
    static Problem wrongType(JsonParser json, String pointer, String expected) {
        String found = switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> json.currentToken().asString();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "something else";
        };
        return new Problem(Code.INVALID_FIELD, pointer, expected + ", but is " + found + ".");
    }
}
