package haricot.bucket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps what people called normal, a baseline for each model version. Append-only: the last one counts.
public final class S3Baselines {
    private final S3Bucket bucket;

    public S3Baselines(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// The last baseline of exactly this model: another version's scores lie on another scale.
    public Optional<Baseline> latest(Tally.Model model, List<Skipped> skipped) {
        List<String> keys = bucket.list(Keys.baselines(model.name())).stream().map(S3Bucket.Entry::key)
                .filter(key -> key.endsWith(".json")).toList();
        List<Baseline> baselines = new ArrayList<>();
        bucket.each(keys, (key, json) -> json.ifPresent(bytes -> {
            try {
                baselines.add(Baseline.read(bytes));
            } catch (IOException e) {
                skipped.add(Skipped.unreadable(key, "baseline", e));
            }
        }));
        return baselines.reversed().stream().filter(baseline -> baseline.tally().model().equals(model)).findFirst();
    }

    /// @param ids of increasing order
    /// @return the key of the new baseline
    public String add(Baseline baseline, Supplier<String> ids) {
        String key = Keys.baseline(baseline.tally().model().name(), ids.get());
        bucket.put(key, "application/json", baseline.json());
        return key;
    }
}
