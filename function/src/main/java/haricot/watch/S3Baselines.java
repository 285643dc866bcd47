package haricot.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps what people called normal, a baseline for each model version. Append-only: the last one counts.
final class S3Baselines {
    private final S3Bucket bucket;

    S3Baselines(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// The last baseline of exactly this model: another version's scores lie on another scale.
    Optional<Baseline> latest(Tally.Model model, List<Skipped> skipped) {
        List<String> keys = bucket.list("baselines/" + model.name() + "/").stream().map(S3Bucket.Entry::key)
                .filter(key -> key.endsWith(".json")).toList();
        List<Baseline> baselines = new ArrayList<>();
        bucket.each(keys, (key, json) -> json.ifPresent(bytes -> {
            try {
                baselines.add(Baseline.read(bytes));
            } catch (IOException e) {
                skipped.add(new Skipped(key, "not a baseline: " + S3Days.firstLine(e)));
            }
        }));
        return baselines.reversed().stream().filter(baseline -> baseline.tally().model().equals(model)).findFirst();
    }

    /// @param ids of increasing order
    /// @return the key of the new baseline
    String add(Baseline baseline, Supplier<String> ids) {
        String key = "baselines/" + baseline.tally().model().name() + "/" + ids.get() + ".json";
        bucket.put(key, "application/json", baseline.json());
        return key;
    }
}
