package haricot.watch;

import haricot.vision.BrokenModel;
import haricot.vision.ModelCard;
import haricot.vision.OnnxModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what models say about themselves from their files in the bucket.
final class S3Models {
    private final S3Bucket bucket;
    /// Model files never change, and a run of the schedule makes three reports.
    private final Map<Tally.Model, ModelCard> known = new ConcurrentHashMap<>();

    S3Models(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// The card of the very model that a tally names; empty, and named as skipped, if the bucket does not hold it.
    Optional<ModelCard> card(Tally.Model model, List<Skipped> skipped) {
        if (known.containsKey(model)) {
            return Optional.of(known.get(model));
        }
        String key = "models/" + model.name() + "/" + model.version() + "/model.onnx";
        Optional<byte[]> file = bucket.read(key);
        if (file.isEmpty()) {
            skipped.add(new Skipped(key, "is not there, so there is no reference of the model's own"));
            return Optional.empty();
        }
        if (!sha256(file.get()).equals(model.sha256())) {
            skipped.add(new Skipped(key, "is not the model that answered, whose sha256 is " + model.sha256()));
            return Optional.empty();
        }
        try {
            known.put(model, card(file.get()));
            return Optional.of(known.get(model));
        } catch (BrokenModel e) {
            skipped.add(new Skipped(key, e.getMessage()));
            return Optional.empty();
        }
    }

    private static ModelCard card(byte[] file) {
        try {
            Path copy = Files.createTempFile("model", ".onnx");
            try {
                Files.write(copy, file);
                try (OnnxModel model = OnnxModel.load(copy)) {
                    return model.card();
                }
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a model to the folder for temporary files", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
