package haricot.bucket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps what people called normal, a baseline for each model version. The last one counts.
public final class S3Baselines {
    private final S3Bucket bucket;

    /// A baseline and where it stands.
    public record Kept(String key, Baseline baseline) {}

    public S3Baselines(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// The last baseline of exactly this model: another version's scores lie on another scale.
    public Optional<Baseline> latest(Tally.Model model, List<Skipped> skipped) {
        return read(Keys.baselines(model.name()), skipped).reversed().stream().map(Kept::baseline)
                .filter(baseline -> baseline.tally().model().equals(model)).findFirst();
    }

    /// All baselines of all models, the oldest first.
    public List<Kept> all() {
        return read(Keys.BASELINES, new ArrayList<>()).stream()
                .sorted(Comparator.comparing(kept -> kept.key().substring(kept.key().lastIndexOf('/')))).toList();
    }

    /// @param ids of increasing order
    /// @return the key of the new baseline
    public String add(Baseline baseline, Supplier<String> ids) {
        String key = Keys.baseline(baseline.tally().model().name(), ids.get());
        bucket.put(key, "application/json", baseline.json());
        return key;
    }

    /// Takes one back: the one before it counts again.
    public void remove(Kept kept) {
        bucket.delete(kept.key());
    }

    private List<Kept> read(String prefix, List<Skipped> skipped) {
        List<String> keys = bucket.list(prefix).stream().map(S3Bucket.Entry::key).filter(key -> key.endsWith(".json"))
                .toList();
        List<Kept> baselines = new ArrayList<>();
        bucket.each(keys, ObjectKind.BASELINE, skipped,
                (key, json) -> baselines.add(new Kept(key, Baseline.read(json))));
        return baselines;
    }
}
