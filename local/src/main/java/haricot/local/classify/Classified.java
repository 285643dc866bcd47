package haricot.local.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// A picture with what the classifier said about it.
///
/// @param answer the API's, or an object with a `problem`
record Classified(Pictures.Picture picture, ObjectNode answer) {

    /// The label, empty where there is none.
    String label() {
        return labelled() ? answer.path("label").textValue() : "";
    }

    double confidence() {
        return answer.path("confidence").asDouble();
    }

    /// Share of the calibration reference that is more ordinary.
    double score() {
        return answer.path("outOfDomain").path("score").asDouble();
    }

    /// `accept`, `review`, `reject`; `unreadable` if there is a problem instead of an answer.
    String decision() {
        return unreadable() ? "unreadable" : answer.path("decision").asText();
    }

    /// Why, in the contract's words; of what is unreadable, the problem's code.
    List<String> reasons() {
        if (unreadable()) {
            return List.of(problem().path("code").asText());
        }
        List<String> reasons = new ArrayList<>();
        answer.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    boolean unreadable() {
        return answer.has("problem");
    }

    /// The problem of what is unreadable.
    JsonNode problem() {
        return answer.path("problem");
    }

    /// Whether it got a label.
    boolean labelled() {
        return answer.path("label").isTextual();
    }
}
