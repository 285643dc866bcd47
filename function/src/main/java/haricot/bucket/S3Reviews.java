package haricot.bucket;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Flags as a person works through them, and what the person says about each.
public final class S3Reviews {
    private final S3Bucket bucket;
    private final S3Claims claims;
    private final S3Runs runs;
    private final Clock clock;
    private final Supplier<String> ids;

    /// @param ids of increasing order, for the reviews
    public S3Reviews(S3Bucket bucket, Clock clock, Supplier<String> ids) {
        this.bucket = bucket;
        this.claims = new S3Claims(bucket);
        this.runs = new S3Runs(bucket);
        this.clock = clock;
        this.ids = ids;
    }

    /// The keys of all flags of these days, by id.
    public Map<String, String> flags(Window window) {
        Map<String, String> keys = new TreeMap<>();
        for (S3Bucket.Entry entry : bucket.list(Keys.FLAGS, window)) {
            Keys.flagId(entry.key()).ifPresent(id -> keys.put(id, entry.key()));
        }
        return keys;
    }

    /// What was last said about each flag of these days that was reviewed, by the flag's id.
    public Map<String, Review> reviews(Window window, List<Skipped> skipped) {
        Map<String, String> last = new TreeMap<>();
        for (S3Bucket.Entry entry : bucket.list(Keys.REVIEWS, window)) {
            Keys.reviewedFlag(entry.key()).ifPresent(flag -> last.put(flag, entry.key()));
        }
        Map<String, Review> reviews = new LinkedHashMap<>();
        bucket.each(List.copyOf(last.values()), ObjectKind.REVIEW, skipped, (key, json) -> {
            Review review = Review.read(key, json);
            reviews.put(review.flag(), review);
        });
        return reviews;
    }

    /// Flags that nobody has reviewed, strangest first.
    public List<StoredFlag> waiting(Window window) {
        return waiting(window, new ArrayList<>());
    }

    /// The same.
    ///
    /// @param skipped takes what is no flag and no review
    public List<StoredFlag> waiting(Window window, List<Skipped> skipped) {
        return waiting(flags(window), window, skipped);
    }

    /// The same of a run.
    public List<StoredFlag> waiting(Run run, List<Skipped> skipped) {
        return waiting(runs.flags(run), run.window(), skipped);
    }

    private List<StoredFlag> waiting(Map<String, String> keys, Window window, List<Skipped> skipped) {
        Set<String> reviewed = new HashSet<>(reviews(window, skipped).keySet());
        reviewed.forEach(keys::remove);
        return read(keys.values(), skipped).stream().sorted(Comparator
                .comparingDouble(StoredFlag::distance).reversed().thenComparing(StoredFlag::id)).toList();
    }

    /// Reads flags by their keys.
    public List<StoredFlag> read(Collection<String> keys, List<Skipped> skipped) {
        List<StoredFlag> flags = new ArrayList<>();
        bucket.each(List.copyOf(keys), ObjectKind.FLAG, skipped,
                (key, json) -> flags.add(StoredFlag.read(key, json)));
        return flags;
    }

    /// The flag of an answer.
    ///
    /// @param id of the answer
    public Optional<StoredFlag> find(String id) {
        return key(id).map(key -> read(List.of(key), new ArrayList<>())).stream().flatMap(List::stream).findFirst();
    }

    /// The flag of an answer of a run.
    ///
    /// @param id of the answer
    public Optional<StoredFlag> find(Run run, String id) {
        return read(List.of(Keys.runFlag(run.run(), id)), new ArrayList<>()).stream().findFirst();
    }

    /// Runs of this bucket.
    public S3Runs runs() {
        return runs;
    }

    /// What callers claim about the answers of these days, by the answer's id.
    public Map<String, List<Claim>> claims(Window window) {
        return claims.of(window, new ArrayList<>());
    }

    /// The picture that came with a claim, a JPEG; empty where none is kept.
    public Optional<byte[]> picture(Claim claim) {
        return claims.picture(claim);
    }

    /// Says what a flagged picture shows. An earlier review stays, and no longer counts.
    ///
    /// @param label one of the model's labels, [Review#OTHER] or [Review#CANNOT_TELL]
    /// @param note in the person's own words; empty for none
    /// @return the key of the review
    public String add(StoredFlag flag, String label, String note) {
        String key = Keys.review(flag.time(), flag.id(), ids.get());
        bucket.put(key, "application/json", new Review(flag.id(), label, clock.instant(), note).json());
        return key;
    }

    /// Takes back what was just said: the review before it counts again.
    public void remove(String key) {
        bucket.delete(key);
    }

    /// The kept picture, a JPEG; empty where none was kept.
    public Optional<byte[]> picture(StoredFlag flag) {
        List<byte[]> picture = new ArrayList<>();
        if (!flag.pictureKey().isEmpty()) {
            bucket.each(List.of(flag.pictureKey()), ObjectKind.PICTURE, new ArrayList<>(),
                    (_, bytes) -> picture.add(bytes));
        }
        return picture.stream().findFirst();
    }

    /// Removes the picture of an answer, the claims about it, then its flag, and its line where a run gave it; leaves a
    /// note that nobody may restore it from a log. What reviewers said about it stays: it names nobody.
    ///
    /// @return false if there was neither a flag nor a claim; the note is left all the same if this is an answer's id
    public boolean forget(String id) {
        Optional<Instant> answered = UuidV7.time(id);
        if (answered.isPresent()) {
            bucket.put(Keys.forgotten(id), "application/json", Json.write(new Forgotten(id, clock.instant())));
        }
        boolean claimed = answered.filter(time -> claims.forget(id, time)).isPresent();
        Optional<String> key = key(id);
        key.ifPresent(flag -> {
            bucket.delete(Keys.pictureOf(flag, id));
            bucket.delete(flag);
        });
        answered.stream().flatMap(S3Reviews::judged).map(Keys::dayOf).distinct()
                .forEach(day -> S3MergedFlags.remove(bucket, day));
        boolean ofRun = runs.forget(id);
        return claimed || key.isPresent() || ofRun;
    }

    /// @param time when it was
    private record Forgotten(String id, Instant time) {}

    private Optional<String> key(String id) {
        return UuidV7.time(id).stream().flatMap(S3Reviews::judged).map(time -> Keys.flag(id, time))
                .filter(bucket::holds).findFirst();
    }

    /// A time in each hour in which an answer may have been judged. Its id tells when the request came; the flag was made
    /// up to 29 seconds later, which may be in the next hour.
    private static Stream<Instant> judged(Instant came) {
        return Stream.of(came, came.plusSeconds(3600));
    }
}
