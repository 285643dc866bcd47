package haricot.bucket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;

/// Keeps what callers claim. Append-only; an answer may be claimed about more than once.
public final class S3Claims {
    private final S3Bucket bucket;

    public S3Claims(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// Returns when it is in the bucket. Its picture lies under the claim's own id: whoever knows an answer's id cannot
    /// put another picture in the place of that answer's.
    ///
    /// @param answered when the answer was given, as its id says
    /// @param picture a JPEG to keep; empty to keep none
    /// @return the claim as it is kept: one whose picture S3 refused has none
    public Claim add(Claim claim, Instant answered, byte[] picture) {
        Claim kept = picture.length > 0 && put(picture, claim) ? claim.withPicture(pictureKey(claim.id())) : claim;
        bucket.put(Keys.claim(answered, claim.answer(), claim.id()), "application/json", kept.json());
        return kept;
    }

    private boolean put(byte[] picture, Claim claim) {
        try {
            bucket.put(pictureKey(claim.id()), "image/jpeg", picture);
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private static String pictureKey(String claim) {
        return Keys.picture(claim, UuidV7.time(claim).orElseThrow());
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

    /// The picture that was sent with a claim, a JPEG; empty where there is none any more.
    Optional<byte[]> picture(Claim claim) {
        return claim.imageKey().isEmpty() ? Optional.empty() : bucket.read(pictureKey(claim.id()));
    }

    /// Removes every claim about an answer, and the pictures that came with them.
    ///
    /// @return whether there was one
    boolean forget(String answer, Instant answered) {
        List<S3Bucket.Entry> entries = bucket.list(Keys.claims(answered, answer));
        for (S3Bucket.Entry entry : entries) {
            Keys.claimId(entry.key()).ifPresent(claim -> bucket.delete(pictureKey(claim)));
            bucket.delete(entry.key());
        }
        return !entries.isEmpty();
    }
}
