package haricot.bucket;

import java.util.Set;
import java.util.stream.Collectors;

/// Brings flags back that only a log holds.
public final class S3LostFlags {
    private final S3Bucket bucket;
    private final Set<String> forgotten;

    /// What became of one.
    public enum Outcome {
        WRITTEN,
        /// It is in the bucket, and stays as it is.
        THERE,
        /// Somebody wants it gone.
        FORGOTTEN
    }

    public S3LostFlags(S3Bucket bucket) {
        this.bucket = bucket;
        this.forgotten = bucket.list(Keys.FORGOTTEN).stream()
                .flatMap(entry -> Keys.forgottenId(entry.key()).stream()).collect(Collectors.toSet());
    }

    public Outcome restore(LoggedFlag flag) {
        if (forgotten.contains(flag.id())) {
            return Outcome.FORGOTTEN;
        }
        if (!bucket.putNew(Keys.flag(flag.id(), flag.time()), "application/json", flag.json())) {
            return Outcome.THERE;
        }
        S3MergedFlags.remove(bucket, Keys.dayOf(flag.time()));
        return Outcome.WRITTEN;
    }
}
