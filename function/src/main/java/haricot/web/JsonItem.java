package haricot.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// A place of `images`: base64, or `{"image": …, "clientId": …}`. The first thing that is
/// wrong with it becomes its answer, and the rest of it is skipped.
final class JsonItem {
    private final String pointer;
    private Submission.Item item;
    private Problem problem;
    private String clientId = "";

    /// @param pointer to the place, such as `/images/3`
    JsonItem(String pointer) {
        this.pointer = pointer;
    }

    /// @param json on the place's first token; left on its last
    Submission.Entry read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            fields(json);
        } else if (json.currentToken() == JsonToken.VALUE_STRING) {
            attempt(json, () -> picture(json, pointer));
        } else {
            attempt(json, () -> {
                throw JsonFields.wrongType(json, pointer, "A picture must be a string of base64, or an object");
            });
        }
        if (problem == null && item == null) {
            problem = new Problem(Code.MISSING_IMAGE, pointer,
                    "There is no picture here. Send it as image, in base64.");
        }
        return problem == null ? new Options(0, clientId).on(item) : new Submission.Unreadable(problem, clientId);
    }

    private void fields(JsonParser json) throws IOException {
        Set<String> seen = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            attempt(json, () -> field(json, name, pointer + Quote.step(name), seen));
        }
    }

    private void field(JsonParser json, String name, String at, Set<String> seen) throws IOException {
        JsonFields.once(seen, name, at);
        switch (name) {
            case "image" -> picture(json, at);
            case Options.CLIENT_ID -> clientId = JsonFields.clientId(json, at);
            default -> throw JsonFields.unknown(name, at, "image and clientId");
        }
    }

    private void picture(JsonParser json, String at) throws IOException {
        item = new Submission.Item(JsonFields.picture(json, at), at, "", 0);
    }

    private interface Step {
        void take() throws IOException;
    }

    private void attempt(JsonParser json, Step step) throws IOException {
        try {
            step.take();
        } catch (Problem found) {
            problem = problem == null ? found : problem;
            json.skipChildren();
        }
    }
}
