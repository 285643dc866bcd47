package haricot.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An item of a run's plan: the pictures that one call of the worker answers.
///
/// @param run its id
/// @param name six digits, `000001` for the first chunk
public record Chunk(String run, String name, String bucket, List<Source> objects) {

    public Chunk {
        if (UuidV7.time(run).isEmpty() || !name.matches("\\d{6}") || objects.isEmpty()) {
            throw new IllegalArgumentException("a chunk \"" + name + "\" of the run \"" + run + "\" with "
                    + objects.size() + " objects");
        }
        objects = List.copyOf(objects);
    }

    /// @param number 1 for the first
    public static String name(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    /// When the run began. All that it leaves carries this time, so that a chunk done again leaves the same.
    public Instant time() {
        return UuidV7.time(run).orElseThrow();
    }

    /// As it stands in a plan.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("run", run).put("chunk", name).put("bucket",
                bucket);
        ArrayNode array = json.putArray("objects");
        objects.forEach(object -> array.add(object.planned()));
        return json;
    }

    /// @throws IOException if these bytes are no item of a plan
    public static Chunk read(byte[] item) throws IOException {
        JsonNode json = Json.read(item, JsonNode.class);
        String bucket = json.path("bucket").asText();
        List<Source> objects = new ArrayList<>();
        for (JsonNode object : json.path("objects")) {
            objects.add(Source.read(object, bucket));
        }
        try {
            return new Chunk(json.path("run").asText(), json.path("chunk").asText(), bucket, objects);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
