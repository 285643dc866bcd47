package haricot.model;

import haricot.model.ModelCard.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Checks the pictures to try that a model file may carry.
final class ExampleReader {
    private static final int MOST = 6;
    /// All of them fit into one answer beside everything else, and load on a phone.
    private static final int MOST_BYTES = 20_000;

    private ExampleReader() {}

    /// @param field `examples`, which a card need not have
    static List<Example> read(CardField field, List<String> labels) {
        List<Example> examples = new ArrayList<>();
        if (field.absent()) {
            return examples;
        }
        for (CardField example : field.elements(0, MOST)) {
            CardField jpeg = example.field("jpeg");
            CardField picture = jpeg.absent() ? example.field("png") : jpeg;
            byte[] bytes = picture.base64();
            if (bytes.length > MOST_BYTES) {
                picture.broken("base64 of at most " + MOST_BYTES + " bytes");
            }
            examples.add(new Example(bytes, jpeg.absent() ? "image/png" : "image/jpeg",
                    label(example.field("label"), labels), decision(example.field("decision"))));
        }
        return List.copyOf(examples);
    }

    /// A rejected picture need not have one.
    private static String label(CardField field, List<String> labels) {
        if (field.absent()) {
            return "";
        }
        String label = field.text();
        if (!label.isEmpty() && !labels.isEmpty() && !labels.contains(label)) {
            field.broken("one of " + labels);
        }
        return label;
    }

    private static Decision decision(CardField field) {
        String word = field.text();
        Optional<Decision> known = Arrays.stream(Decision.values()).filter(each -> each.word().equals(word))
                .findFirst();
        if (known.isEmpty()) {
            field.broken("accept, review or reject");
        }
        return known.orElse(Decision.REJECT);
    }
}
