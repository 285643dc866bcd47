package haricot.local.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one model says about a picture.
///
/// @param label empty where it gives none
/// @param decision `accept`, `review`, `reject`; `unreadable` where there is no answer
/// @param flagged whether it finds the picture out of domain or too poor to judge
/// @param confidence 0 where there is no label
/// @param probabilities of every label, by name
record Answer(String label, String decision, boolean flagged, double confidence, Map<String, Double> probabilities) {
    static final String NONE = "no label";
    static final String UNREADABLE = "unreadable";

    /// @param json the API's answer, or an object with a `problem`
    static Answer of(ObjectNode json) {
        Map<String, Double> probabilities = new TreeMap<>();
        json.path("predictions")
                .forEach(each -> probabilities.put(each.path("label").asText(), each.path("probability").asDouble()));
        boolean unreadable = json.has("problem");
        return new Answer(json.path("label").asText("").equals("null") ? "" : json.path("label").asText(""),
                unreadable ? UNREADABLE : json.path("decision").asText(),
                json.path("outOfDomain").path("flagged").asBoolean(), json.path("confidence").asDouble(),
                probabilities);
    }

    boolean readable() {
        return !decision.equals(UNREADABLE);
    }

    /// As a table names it.
    String shown() {
        return label.isEmpty() ? NONE : label;
    }

    /// How far apart two answers are: the part of the probability that is given to another label, 0 to 1.
    double distance(Answer other) {
        TreeSet<String> labels = new TreeSet<>(probabilities.keySet());
        labels.addAll(other.probabilities.keySet());
        double sum = 0;
        for (String name : labels) {
            sum += Math.abs(probabilities.getOrDefault(name, 0.0) - other.probabilities.getOrDefault(name, 0.0));
        }
        return sum / 2;
    }
}
