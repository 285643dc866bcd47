package haricot.local.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.backfill.Photo;
import haricot.local.host.Pictures.Picture;
import haricot.web.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// A picture with what the classifier said about it.
///
/// @param answer the API's, or an object with a `problem`
record Classified(Picture picture, ObjectNode answer) {

    /// Asks about a picture. What cannot be read gets a problem.
    static Classified of(Picture picture, Classifier classifier) throws IOException, InterruptedException {
        byte[] bytes;
        try {
            if (Files.exists(picture.file()) && Files.size(picture.file()) > Photo.MOST_BYTES) {
                return new Classified(picture,
                        problem(Code.TOO_LARGE.word(), "The file is larger than any photograph."));
            }
            bytes = picture.bytes();
        } catch (IOException e) {
            return new Classified(picture, problem("unreadable-file", "The file cannot be read: " + e.getMessage()));
        }
        return new Classified(picture, classifier.answer(bytes));
    }

    private static ObjectNode problem(String code, String detail) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("problem").put("code", code).put("detail", detail);
        return answer;
    }

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
