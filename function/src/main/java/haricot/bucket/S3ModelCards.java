package haricot.bucket;

import haricot.model.BrokenModel;
import haricot.model.ModelCard;
import haricot.model.OnnxModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what models say about themselves from their files in the bucket.
public final class S3ModelCards {
    private final S3Bucket bucket;
    /// Model files never change, and a run of the schedule makes three reports.
    private final Map<Tally.Model, ModelCard> known = new ConcurrentHashMap<>();

    public S3ModelCards(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// The card of the very model that a tally names; empty, and named as skipped, if the bucket does not hold it.
    public Optional<ModelCard> card(Tally.Model model, List<Skipped> skipped) {
        if (known.containsKey(model)) {
            return Optional.of(known.get(model));
        }
        String key = Keys.model(model.name(), model.version());
        Optional<byte[]> file = bucket.read(key);
        if (file.isEmpty()) {
            skipped.add(new Skipped(key, "is not there, so there is no reference of the model's own"));
            return Optional.empty();
        }
        if (!Sha256.hex(file.get()).equals(model.sha256())) {
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
        try (OnnxModel model = OnnxModel.of(file)) {
            return model.card();
        }
    }
}
