package haricot.local.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import haricot.bucket.Sha256;
import haricot.model.Goldens;
import haricot.model.ModelCard;
import haricot.model.ModelCard.Accepted;
import haricot.model.ModelCard.Levels;
import haricot.model.ModelCard.SelfCheck;
import haricot.model.ModelCard.Thresholds;
import haricot.model.OnnxModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says on one screen what a model file is.
public final class ModelCheck {
    /// What adopt.py writes where features carry no familiarity; no picture is as far.
    private static final float NEVER = 1e38f;

    private static final int SHOWN_LABELS = 12;

    private ModelCheck() {}

    /// Reads a file, checks every field of the contract, and runs its golden pictures.
    ///
    /// @return what it is, in lines that end with the verdict that it may be deployed
    /// @throws BrokenModel if it may not
    public static String describe(Path file) {
        try (OnnxModel model = OnnxModel.load(file)) {
            double difference = Goldens.check(model);
            ModelCard card = model.card();
            Thresholds thresholds = card.thresholds();
            JsonNode metadata = parse(card.json());
            JsonNode data = metadata.get("trainingData");
            return """
                    %s %s
                    labels      %s
                    file        %s, %s
                    sha256      %s
                    thresholds  low-confidence under %s, unfamiliar from score %s, %s
                    accepted    %s
                    self-check  %s
                    quality     poor, unusable: brightness under %s; clipped over %s; sharpness under %s; short side under %s
                    reference   %,d held-out pictures, %,d of them flagged (%.1f %%)
                    figures     %s
                    trained on  %s, %,d pictures, sha256 %s…
                    licence     %s
                    goldens     %d of %d pictures answered as the file says, probabilities within %.6f

                    It keeps the contract and may be deployed.
                    """.formatted(card.name(), card.version(), labels(card.labels()), file, size(file),
                    sha256(file), number(thresholds.confidence()), number(thresholds.review()),
                    rejected(thresholds.reject()), accepted(card.accepted()), selfCheck(card.selfCheck()),
                    levels(thresholds.brightness()), levels(thresholds.clipped()),
                    levels(thresholds.sharpness()), levels(thresholds.shortSide()), card.reference().pictures(),
                    card.reference().flagged(), 100.0 * card.reference().flagged() / card.reference().pictures(),
                    figures(metadata.get("figures")), data.get("name").asText(), data.path("pictures").asLong(),
                    data.get("sha256").asText().substring(0, 12), metadata.get("licence").asText(),
                    card.goldens().size(), card.goldens().size(), difference);
        }
    }

    private static String labels(List<String> all) {
        String shown = String.join(", ", all.subList(0, Math.min(SHOWN_LABELS, all.size())));
        return all.size() <= SHOWN_LABELS ? shown : "%s and %,d more".formatted(shown, all.size() - SHOWN_LABELS);
    }

    private static JsonNode parse(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("metadata that were read once", impossible);
        }
    }

    private static String size(Path file) {
        try {
            return "%.1f MB".formatted(Files.size(file) / 1e6);
        } catch (IOException failed) {
            throw new UncheckedIOException("size of " + file, failed);
        }
    }

    private static String sha256(Path file) {
        try {
            return Sha256.hex(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new UncheckedIOException("reading " + file, failed);
        }
    }

    private static String rejected(float distance) {
        return distance >= NEVER ? "nothing is rejected by distance" : "reject from distance " + number(distance);
    }

    private static String accepted(Optional<Accepted> found) {
        return found.map(a -> "%s of %,d held-out photos, of them %s right (%s to %s)%s".formatted(percent(a.share()),
                a.photos(), percent(a.right()), percent(a.low()), percent(a.high()),
                a.target().map(t -> a.reached()
                        ? ", asked for " + percent(t)
                        : ": the %s that were asked for are out of its reach".formatted(percent(t))).orElse("")))
                .orElse("the file does not say");
    }

    private static String selfCheck(Optional<SelfCheck> found) {
        return found.map(c -> "%s: %s of %,d drawn and %s of %,d ruined pictures are unfamiliar%s".formatted(
                c.passed() ? "passed" : "NOT PASSED", percent(c.drawnUnfamiliar()), c.drawn(),
                percent(c.harmfulUnfamiliar()), c.harmful(),
                c.passed()
                        ? ""
                        : ".\n            Familiarity means little in this model: the decision leans on confidence"))
                .orElse("the file does not say");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String levels(Levels levels) {
        return "%s, %s".formatted(number(levels.poor()), number(levels.unusable()));
    }

    private static String number(float number) {
        return String.format(Locale.ROOT, "%.3f", number).replaceFirst("\\.?0+$", "");
    }

    private static String figures(JsonNode figures) {
        return figures.properties().stream().filter(figure -> figure.getValue().isNumber())
                .map((Map.Entry<String, JsonNode> figure) -> "%s %s".formatted(figure.getKey(),
                        figure.getValue().asText()))
                .collect(Collectors.joining(", "));
    }
}
