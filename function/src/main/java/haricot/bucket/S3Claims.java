package haricot.bucket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps what callers claim. Append-only; an answer may be claimed about more than once.
public final class S3Claims {
    private final S3Bucket bucket;

    public S3Claims(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// Returns when it is in the bucket.
    ///
    /// @param answered when the answer was given, as its id says
    /// @return its key
    public String add(Claim claim, Instant answered) {
        String key = Keys.claim(answered, claim.answer(), claim.id());
        bucket.put(key, "application/json", claim.json());
        return key;
    }

    /// The claims about answers of these days, by the answer's id, the oldest first.
    public Map<String, List<Claim>> of(Window window, List<Skipped> skipped) {
        List<String> keys = bucket.list(Keys.CLAIMS, window).stream().map(S3Bucket.Entry::key)
                .filter(key -> Keys.claimedAnswer(key).isPresent()).toList();
        Map<String, List<Claim>> claims = new TreeMap<>();
        bucket.each(keys, ObjectKind.CLAIM, skipped,
                (key, json) -> claims.computeIfAbsent(Keys.claimedAnswer(key).orElseThrow(), _ -> new ArrayList<>())
                        .add(Claim.read(json)));
        return claims;
    }

    /// Removes every claim about an answer.
    ///
    /// @return whether there was one
    boolean forget(String answer, Instant answered) {
        List<S3Bucket.Entry> entries = bucket.list(Keys.claims(answered, answer));
        entries.forEach(entry -> bucket.delete(entry.key()));
        return !entries.isEmpty();
    }
}
