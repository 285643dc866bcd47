package haricot.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.model.BrokenModel.Fault;
import haricot.model.ModelCard.Golden;
import haricot.model.ModelCard.Histogram;
import haricot.model.ModelCard.Levels;
import haricot.model.ModelCard.Reference;
import haricot.model.ModelCard.Thresholds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Checks the metadata of a model file field by field, to the last.
final class CardReader {
    private static final JsonMapper JSON = new JsonMapper();
    /// More cannot be shown in one answer, and no small classifier has them.
    private static final int MOST_LABELS = 1000;
    private static final int SMALLEST_SIDE = 32;
    private static final int LARGEST_SIDE = 65_535;
    /// A quantised model may differ this much from one processor to the next and be sound, a float one by a tenth of it; a
    /// wrong one (channels swapped, a forgotten normalisation) is off by far more.
    private static final double MOST_TOLERANCE = 0.05;
    private static final List<String> HISTOGRAMS = List.of("score", "confidence", "brightness", "sharpness", "clipped",
            "pixels");

    private CardReader() {}

    /// @throws BrokenModel with everything that is wrong
    static ModelCard read(String json) {
        List<Fault> faults = new ArrayList<>();
        ModelCard read = read(new CardField("haricot", parse(json), faults), json);
        if (!faults.isEmpty()) {
            throw new BrokenModel(faults.stream().distinct().toList());
        }
        return read;
    }

    /// How many labels there are, also where something else is wrong.
    static OptionalInt labels(String json) {
        try {
            JsonNode labels = JSON.readTree(json).path("labels");
            return labels.isArray() ? OptionalInt.of(labels.size()) : OptionalInt.empty();
        } catch (JsonProcessingException malformed) {
            return OptionalInt.empty();
        }
    }

    private static ModelCard read(CardField card, String json) {
        CardField schema = card.field("schema");
        if (schema.integer(1, Integer.MAX_VALUE) > 1) {
            schema.broken("1");
        }
        List<String> labels = labels(card.field("labels"));
        card.field("temperature").number(Float.MIN_NORMAL, Float.MAX_VALUE);
        card.field("figures").object();
        card.field("licence").text();
        subject(card.field("subject"));
        CardField data = card.field("trainingData");
        data.field("name").text();
        data.field("sha256").text("[0-9a-f]{64}", "64 hexadecimal digits in lower case");
        return new ModelCard(card.field("name").text("[a-z0-9][a-z0-9-]{0,63}", "lower-case letters, digits, hyphens"),
                card.field("version").text("[0-9A-Za-z][0-9A-Za-z.+-]{0,63}", "a version such as 1.0.0"), labels,
                shortSideKept(card.field("input").field("shortSideKept")),
                thresholds(card.field("thresholds")), reference(card.field("reference"), labels),
                goldens(card.field("golden"), labels), tolerance(card.field("goldenTolerance")),
                ExampleReader.read(card.field("examples"), labels),
                CalibrationReader.accepted(card.field("acceptedRight")),
                CalibrationReader.selfCheck(card.field("selfCheck")), json);
    }

    private static JsonNode parse(String json) {
        if (json.isEmpty()) {
            throw new BrokenModel("metadata haricot", "missing", "one JSON object");
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new BrokenModel("metadata haricot", "not JSON (%s)".formatted(malformed.getOriginalMessage()),
                    "one JSON object");
        }
    }

    /// None where one of them is wrong: what refers to them could only be wrong too.
    private static List<String> labels(CardField field) {
        List<String> labels = field.elements(2, MOST_LABELS).stream().map(CardField::text).toList();
        boolean differ = new HashSet<>(labels).size() == labels.size();
        if (!differ && !labels.contains("")) {
            field.broken("labels that differ from each other");
        }
        return differ && !labels.contains("") ? labels : List.of();
    }

    /// It stands in pages and sentences, as labels do. Files before 1.2.0 have none.
    private static void subject(CardField field) {
        if (!field.absent()) {
            field.text();
        }
    }

    /// Null or absent: pictures are not reduced before the graph. No picture has a short side of twice the largest value.
    private static int shortSideKept(CardField field) {
        return field.absent() ? LARGEST_SIDE : (int) field.integer(SMALLEST_SIDE, LARGEST_SIDE);
    }

    private static Thresholds thresholds(CardField field) {
        CardField quality = field.field("quality");
        return new Thresholds((float) field.field("confidence").number(0, 1),
                (float) field.field("review").number(0, 1),
                (float) field.field("reject").number(-Float.MAX_VALUE, Float.MAX_VALUE),
                low(quality.field("brightness"), 1), high(quality.field("clipped")),
                low(quality.field("sharpness"), Float.MAX_VALUE), low(quality.field("shortSide"), 65_535));
    }

    /// Levels of a measure that is bad when it is low.
    private static Levels low(CardField field, double most) {
        double poor = field.field("poor").number(0, most);
        return new Levels((float) poor,
                (float) field.field("unusable").number(0, Double.isNaN(poor) ? most : poor));
    }

    private static Levels high(CardField field) {
        double poor = field.field("poor").number(0, 1);
        return new Levels((float) poor, (float) field.field("unusable").number(Double.isNaN(poor) ? 0 : poor, 1));
    }

    private static Reference reference(CardField field, List<String> labels) {
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        for (String name : HISTOGRAMS) {
            histograms.put(name, histogram(field.field(name)));
        }
        CardField label = field.field("label");
        List<String> counted = label.field("labels").elements(2, MOST_LABELS).stream().map(CardField::text).toList();
        if (!labels.isEmpty() && !counted.isEmpty() && !counted.equals(labels)) {
            label.field("labels").broken("the model's labels " + labels);
        }
        List<Long> counts = labels.isEmpty() ? List.of() : counts(label.field("counts"), labels.size());
        Map<String, Long> answered = new LinkedHashMap<>();
        for (int i = 0; i < counts.size(); i++) {
            answered.put(labels.get(i), counts.get(i));
        }
        Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
        for (Decision decision : Decision.values()) {
            decisions.put(decision, field.field("decision").field(decision.word()).integer(0, Long.MAX_VALUE));
        }
        long pictures = field.field("pictures").integer(1, Long.MAX_VALUE);
        long flagged = field.field("flagged").integer(0, pictures == 0 ? Long.MAX_VALUE : pictures);
        return new Reference(pictures, flagged, histograms, answered, decisions);
    }

    private static Histogram histogram(CardField field) {
        List<Double> edges = field.field("edges").elements(2, 1000).stream()
                .map(edge -> edge.number(-Double.MAX_VALUE, Double.MAX_VALUE)).toList();
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                field.field("edges").broken("edges that rise");
                break;
            }
        }
        List<Long> counts = edges.isEmpty() ? List.of() : counts(field.field("counts"), edges.size() - 1);
        return new Histogram(edges, counts);
    }

    private static List<Long> counts(CardField field, int size) {
        return field.elements(size, size).stream().map(count -> count.integer(0, Long.MAX_VALUE)).toList();
    }

    /// A file that does not say was quantised, as all were before they said.
    private static double tolerance(CardField field) {
        return field.absent() ? MOST_TOLERANCE : field.number(0, MOST_TOLERANCE);
    }

    private static List<Golden> goldens(CardField field, List<String> labels) {
        List<Golden> goldens = new ArrayList<>();
        for (CardField golden : field.elements(1, 16)) {
            String label = golden.field("label").text();
            if (!label.isEmpty() && !labels.isEmpty() && !labels.contains(label)) {
                golden.field("label").broken("one of " + labels);
            }
            List<CardField> numbers = labels.isEmpty()
                    ? List.of()
                    : golden.field("probabilities").elements(labels.size(), labels.size());
            float[] probabilities = new float[numbers.size()];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = (float) numbers.get(i).number(0, 1);
            }
            goldens.add(new Golden(golden.field("name").text(), golden.field("png").base64(), label, probabilities,
                    (float) golden.field("score").number(0, 1)));
        }
        return List.copyOf(goldens);
    }
}
