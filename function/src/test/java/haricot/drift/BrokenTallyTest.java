package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.Baseline;
import haricot.bucket.Day;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.drift.page.ReportPage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever is wrong with an object, reading it says so, or a report can be made with it.
final class BrokenTallyTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<JsonNode> WRONG = List.of(NODES.nullNode(), NODES.numberNode(-1),
            NODES.numberNode(Long.MAX_VALUE), NODES.numberNode(0.5), NODES.textNode("x"), NODES.booleanNode(true),
            NODES.arrayNode(), NODES.objectNode(), NODES.arrayNode().addNull(), NODES.objectNode().putNull("a"));

    private final Field field = new Field(4);
    private int read;
    private int refused;

    @Test
    void everyPlaceOfATallyBrokenInTurn() throws IOException {
        JsonNode tally = new ObjectMapper().readTree(field.tally(Field.BEANS, 40, new Mix(0.2, 0, 0.3)).json());
        breakEach(tally, tally);
        assertTrue(refused > 2_000 && read > 50, refused + " refused, " + read + " read");
    }

    private void breakEach(JsonNode whole, JsonNode here) throws IOException {
        switch (here) {
            case ObjectNode object -> {
                for (String name : new ArrayList<>(object.properties().stream().map(Map.Entry::getKey).toList())) {
                    JsonNode right = object.get(name);
                    for (JsonNode wrong : WRONG) {
                        object.set(name, wrong);
                        tryOut(whole);
                    }
                    object.set(name, right);
                    breakEach(whole, right);
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    JsonNode right = array.get(i);
                    for (JsonNode wrong : WRONG) {
                        array.set(i, wrong);
                        tryOut(whole);
                    }
                    array.set(i, right);
                    breakEach(whole, right);
                }
            }
            default -> {
                // A leaf has been replaced by its parent.
            }
        }
    }

    private void tryOut(JsonNode broken) {
        Tally tally;
        try {
            tally = Tally.read(new ObjectMapper().writeValueAsBytes(broken));
        } catch (IOException e) {
            refused++;
            return;
        }
        read++;
        Day day = field.day(DAY, Field.BEANS, 2, 20, Mix.USUAL).plus(List.of(new Day.Stored("k", 9, tally)), List.of());
        Evidence evidence = new Evidence(Window.of(DAY), List.of(day),
                Map.of(Field.BEANS, List.of(Reference.of(new Baseline(Window.of(DAY), tally)))), 3, 2, List.of(),
                List.of());
        assertTrue(ReportPage.of(ReportBuilder.of(evidence)).contains("</html>"), broken.toString());
    }
}
