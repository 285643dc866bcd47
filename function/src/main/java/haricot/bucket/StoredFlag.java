package haricot.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import haricot.model.Decision;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A flag as it is read back for a review.
///
/// @param decision as in the HTTP contract
/// @param label empty where the picture was rejected
/// @param confidence 0 where the picture was rejected
/// @param probabilities by label, most probable first
/// @param samplingProbability over 0, at most 1
/// @param pictureKey where the picture is kept, empty where it is not
/// @param model that answered
public record StoredFlag(String id, Instant time, String decision, List<String> reasons, String label,
        double confidence, Map<String, Double> probabilities, double score, double distance,
        double samplingProbability, String pictureKey, Tally.Model model) {

    /// @throws IOException if these bytes are not the flag of this key
    static StoredFlag read(String key, byte[] json) throws IOException {
        return read(key, Json.read(json, JsonNode.class));
    }

    /// @throws IOException if this is not the flag of this key
    static StoredFlag read(String key, JsonNode json) throws IOException {
        StoredFlag flag = of(json);
        boolean ofRun = Keys.runFlagId(key).filter(flag.id::equals).isPresent();
        if (!ofRun && !Keys.flag(flag.id, flag.time).equals(key)) {
            throw new IOException("the id or the time in it is another");
        }
        return flag;
    }

    /// @throws IOException if this is not a flag
    static StoredFlag of(JsonNode flag) throws IOException {
        if (flag.path("schema").asInt() != 1 || !flag.path("id").isTextual() || !flag.path("decision").isTextual()
                || !flag.path("samplingProbability").isNumber()) {
            throw new IOException("not a flag of schema 1");
        }
        double probability = flag.path("samplingProbability").asDouble();
        if (!(probability > 0 && probability <= 1)) {
            throw new IOException("a sampling probability of " + probability);
        }
        List<String> reasons = new ArrayList<>();
        flag.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        Map<String, Double> probabilities = new LinkedHashMap<>();
        flag.path("probabilities").properties()
                .forEach(entry -> probabilities.put(entry.getKey(), entry.getValue().asDouble()));
        StoredFlag read = new StoredFlag(flag.get("id").asText(), time(flag.path("time").asText()),
                flag.get("decision").asText(), reasons, flag.path("label").asText(""),
                flag.path("confidence").asDouble(), probabilities, flag.path("score").asDouble(),
                flag.path("distance").asDouble(), probability, flag.path("image").path("key").asText(""),
                model(flag.path("model")));
        if (!read.pictureKey.isEmpty() && !read.pictureKey.equals(Keys.picture(read.id, read.time))) {
            throw new IOException("its picture lies under a key that is not the flag's");
        }
        return read;
    }

    private static Tally.Model model(JsonNode model) throws IOException {
        try {
            return new Tally.Model(model.path("name").asText(), model.path("version").asText(),
                    model.path("sha256").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Every label that the model knows, the one for none of them, and the one for not knowing.
    public List<String> labels() {
        List<String> labels = new ArrayList<>(new TreeSet<>(probabilities.keySet()));
        labels.add(Review.OTHER);
        labels.add(Review.CANNOT_TELL);
        return labels;
    }

    public boolean rejected() {
        return decision.equals(Decision.REJECT.word());
    }

    private static Instant time(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("a flag with the time \"" + text + "\"", e);
        }
    }
}
