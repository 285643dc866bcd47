package haricot.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.model.ModelCard;
import haricot.model.Reason;
import haricot.model.Verdict;
import haricot.web.Problems;
import haricot.web.Response;
import java.util.List;
import java.util.Map;

/// Writes answers in the form that the HTTP contract fixes.
public final class AnswerJson {
    /// How many labels an answer shows if the caller did not say.
    private static final int SHOWN = 5;

    private final ModelCard card;

    public AnswerJson(ModelCard card) {
        this.card = card;
    }

    /// One object, or `results` in the order of the pictures.
    ///
    /// @param outcomes of a request's pictures; a single one must be judged
    Response response(List<Outcome> outcomes, boolean batch, Receipt stored) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (batch) {
            var results = body.putArray("results");
            outcomes.forEach(outcome -> results.add(json(outcome, stored)));
        } else {
            body = json(outcomes.getFirst(), stored);
        }
        return json(200, body);
    }

    static Response json(int status, ObjectNode body) {
        return new Response(status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                body.toString());
    }

    /// The answer for one picture.
    ObjectNode json(Outcome outcome, Receipt stored) {
        return switch (outcome) {
            case Outcome.Judged judged -> result(judged, stored);
            case Outcome.Refused refused -> problem(refused);
        };
    }

    private static ObjectNode problem(Outcome.Refused refused) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!refused.clientId().isEmpty()) {
            json.put("clientId", refused.clientId());
        }
        json.set("problem", Problems.json(refused.problem(), refused.id()));
        return json;
    }

    private ObjectNode result(Outcome.Judged judged, Receipt stored) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", judged.id());
        json.put("clientId", judged.clientId().isEmpty() ? null : judged.clientId());
        putVerdict(json, judged.verdict(), judged.item().topK());
        if (stored.keys().containsKey(judged.id())) {
            json.putObject("flag").put("key", stored.keys().get(judged.id())).put("stored",
                    stored.inS3().contains(judged.id()));
        } else {
            json.putNull("flag");
        }
        json.putObject("model").put("name", card.name()).put("version", card.version());
        return json;
    }

    private static void putVerdict(ObjectNode json, Verdict verdict, int topK) {
        if (verdict.labelled()) {
            json.put("label", verdict.top().label()).put("confidence", rounded(verdict.top().probability()));
        } else {
            json.putNull("label").putNull("confidence");
        }
        var predictions = json.putArray("predictions");
        verdict.ranked().stream().limit(topK == 0 ? SHOWN : topK).forEach(ranked -> predictions.addObject()
                .put("label", ranked.label()).put("probability", rounded(ranked.probability())));
        json.putObject("outOfDomain").put("flagged", verdict.flagged()).put("score", rounded(verdict.score()))
                .put("distance", rounded(verdict.distance())).put("threshold", rounded(verdict.threshold()));
        json.put("decision", verdict.decision().word());
        verdict.reasons().stream().map(Reason::word).forEach(json.putArray("reasons")::add);
    }

    /// Six decimals: float32 holds no more, and 0.98 should not read 0.9800000190734863.
    private static double rounded(float value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
