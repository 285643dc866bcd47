package haricot.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import haricot.model.ModelCard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The OpenAPI document, with the served model's name and labels in its examples, and their number where it limits.
final class OpenApi {
    /// The labels in the examples of the resource, each for the label at its place.
    private static final List<String> DRAWN = List.of("angular_leaf_spot", "bean_rust", "healthy");
    private static final String DRAWN_MODEL = "beans";

    private final List<String> labels;
    private final Map<String, String> own = new HashMap<>();

    private OpenApi(ModelCard card) {
        labels = card.labels();
        for (int i = 0; i < DRAWN.size(); i++) {
            own.put(DRAWN.get(i), labels.get(Math.min(i, labels.size() - 1)));
        }
        own.put(DRAWN_MODEL, card.name());
    }

    static String of(ModelCard card, String document) {
        try {
            JsonNode whole = new ObjectMapper().readTree(document);
            new OpenApi(card).adapt(whole);
            ((ObjectNode) whole.at("/components/parameters/TopK/schema")).put("maximum", card.labels().size());
            return whole.toPrettyString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the jar's openapi.json is not JSON", e);
        }
    }

    private void adapt(JsonNode node) {
        switch (node) {
            case ObjectNode object -> object.properties().forEach(field -> {
                if (field.getKey().equals("predictions") && field.getValue() instanceof ArrayNode predictions) {
                    shorten(predictions);
                }
                field.setValue(adapted(field.getValue()));
            });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, adapted(array.get(i)));
                }
            }
            default -> {
                // A single value has nothing inside.
            }
        }
    }

    private JsonNode adapted(JsonNode node) {
        if (node.isTextual() && own.containsKey(node.textValue())) {
            return TextNode.valueOf(own.get(node.textValue()));
        }
        adapt(node);
        return node;
    }

    /// A model of two labels predicts no third one.
    private void shorten(ArrayNode predictions) {
        while (predictions.size() > labels.size()) {
            predictions.remove(predictions.size() - 1);
        }
    }
}
