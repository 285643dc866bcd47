package haricot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.model.ModelCard;
import haricot.model.ModelCard.Levels;
import haricot.model.ModelCard.Reference;
import haricot.model.ModelCard.Thresholds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OpenApiExamplesTest {
    @Test
    void followTheModelThatIsServed() throws IOException {
        String document = OpenApi.of(card("garden", List.of("rose", "tulip")), read());
        for (String ours : List.of("angular_leaf_spot", "bean_rust", "healthy", "\"beans\"")) {
            assertFalse(document.contains(ours), ours);
        }
        assertTrue(document.contains("\"rose\""));
        assertEquals(2, new ObjectMapper().readTree(document).at("/components/parameters/TopK/schema/maximum").asInt());
        new ObjectMapper().readTree(document).findValues("predictions").stream().filter(found -> found.isArray())
                .forEach(found -> assertTrue(found.size() <= 2, found.toString()));
    }

    @Test
    void changeNothingElse() throws IOException {
        ObjectMapper json = new ObjectMapper();
        String same = OpenApi.of(card("beans", List.of("angular_leaf_spot", "bean_rust", "healthy")), read());
        assertEquals(json.readTree(read()), json.readTree(same));
    }

    private static String read() throws IOException {
        try (var in = OpenApi.class.getResourceAsStream("openapi.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ModelCard card(String name, List<String> labels) {
        Levels any = new Levels(1, 1);
        return new ModelCard(name, "1", labels, 1024, new Thresholds(0.8f, 0.99f, 20, any, any, any, any),
                new Reference(1, 0, Map.of(), Map.of(), Map.of()), List.of(), 0.05, List.of(), Optional.empty(),
                Optional.empty(), "{}");
    }
}
