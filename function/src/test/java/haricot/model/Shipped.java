package haricot.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The model that ships, and what Python found with it.
final class Shipped {
    private static final Path FOLDER = Path.of(System.getProperty("haricot.model"));
    static final Path MODEL = FOLDER.resolve("beans.onnx");
    static final Path GOLDEN = FOLDER.resolve("golden");

    private Shipped() {}

    /// A JSON file beside the golden pictures.
    static JsonNode json(String name) {
        return parse(new String(bytes(GOLDEN.resolve(name)), java.nio.charset.StandardCharsets.UTF_8));
    }

    static JsonNode parse(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static float[] floats(JsonNode list) {
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = list.get(i).floatValue();
        }
        return floats;
    }
}
