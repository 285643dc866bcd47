package haricot.local.deploy;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the fields of a model file mean, each with an example, for whoever made a file that lacks one.
final class CardGuide {
    private static final String GRAPH_INPUT = "the graph takes one picture of any size: uint8 [height, width, 3], RGB, named image";
    /// By the beginning of a field's place; the first that fits counts.
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("file", "an ONNX file, as model/export.py writes it");
        MEANINGS.put("metadata haricot",
                "the entry \"haricot\" of the file's metadata, a JSON object: see model/README.md");
        MEANINGS.put("schema", "the version of this metadata, such as 1");
        MEANINGS.put("name", "the model's name, a part of its key in the bucket, such as \"beans\"");
        MEANINGS.put("version", "never used twice for other bytes, such as \"1.0.0\"");
        MEANINGS.put("labels",
                "what the graph's outputs stand for, in their order, such as [\"bean_rust\", \"healthy\"]");
        MEANINGS.put("temperature", "what the logits were divided by to calibrate the probabilities, such as 1.3");
        MEANINGS.put("inputs", GRAPH_INPUT);
        MEANINGS.put("input image", GRAPH_INPUT);
        MEANINGS.put("input", "how far a picture may be reduced before the graph, such as {\"shortSideKept\": 448}");
        MEANINGS.put("thresholds.confidence", "below it an answer is unsure, such as 0.87");
        MEANINGS.put("thresholds.review", "from this score on a picture is unfamiliar, such as 0.985");
        MEANINGS.put("thresholds.reject", "from this distance on a picture is not judged, such as 2.5");
        MEANINGS.put("thresholds.quality.clipped",
                "shares of overexposed pixels, such as {\"poor\": 0.3, \"unusable\": 0.6}");
        MEANINGS.put("thresholds.quality",
                "levels below which a picture is poor or unusable, such as {\"poor\": 0.18, \"unusable\": 0.06}");
        MEANINGS.put("thresholds", "where verdicts change: confidence, review, reject, quality");
        MEANINGS.put("reference.label", "how often each label was answered for the reference, in the order of labels");
        MEANINGS.put("reference.decision",
                "how often each was made, such as {\"accept\": 1700, \"review\": 150, \"reject\": 22}");
        MEANINGS.put("reference.pictures", "how many held-out pictures were answered, such as 1872");
        MEANINGS.put("reference.flagged", "how many of them were flagged, such as 19");
        MEANINGS.put("reference",
                "histograms over held-out pictures, such as {\"edges\": [0, 0.5, 1], \"counts\": [700, 90]}");
        MEANINGS.put("figures", "what was measured of the model, such as {\"accuracy\": 0.97}");
        MEANINGS.put("licence", "under which the model may be used, such as \"Apache-2.0\"");
        MEANINGS.put("trainingData",
                "what it was trained on, such as {\"name\": \"beans\", \"sha256\": \"…64 digits\"}");
        MEANINGS.put("subject", "what it judges, in the singular, such as \"bean leaf\"");
        MEANINGS.put("acceptedRight",
                "what came of the confidence threshold, such as {\"target\": 0.97, \"right\": 0.98, "
                        + "\"low\": 0.96, \"high\": 0.99, \"accepted\": 0.9, \"photos\": 300, \"reached\": true}");
        MEANINGS.put("selfCheck", "whether strange pictures are unfamiliar to it, such as {\"passed\": true, "
                + "\"drawnUnfamiliar\": 1, \"drawn\": 58, \"harmfulUnfamiliar\": 0.93, \"harmful\": 900}");
        MEANINGS.put("examples", "at most six pictures to try, such as {\"jpeg\": \"…base64\", \"label\": \"healthy\", "
                + "\"decision\": \"accept\"}");
        MEANINGS.put("goldenTolerance", "how far probabilities of golden pictures may be off, such as 0.005");
        MEANINGS.put("golden", "drawn PNGs in base64 with the answers that the graph must give");
        MEANINGS.put("output logits", "one number a label, no batch axis");
        MEANINGS.put("output probabilities", "one number a label, temperature applied, no batch axis");
        MEANINGS.put("output quality", "brightness, share of clipped pixels, sharpness");
        MEANINGS.put("output score", "the share of the reference that is more ordinary than the picture");
        MEANINGS.put("output distance", "how strange the picture is, 0 for an ordinary one");
    }

    private CardGuide() {}

    /// Empty for a place that it does not know.
    static String meaning(String field) {
        return MEANINGS.entrySet().stream().filter(each -> field.startsWith(each.getKey())).findFirst()
                .map(Map.Entry::getValue).orElse("");
    }
}
