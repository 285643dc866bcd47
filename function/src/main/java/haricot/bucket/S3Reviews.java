package haricot.bucket;

import java.io.IOException;
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
import java.util.regex.Pattern;

/// Flags as a person works through them, and what the person says about each.
public final class S3Reviews {
    private static final Pattern ID = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final int HEX = 16;
    /// The first 48 bits of a UUIDv7 are milliseconds since 1970.
    private static final int DIGITS_OF_TIME = 12;

    private final S3Bucket bucket;
    private final Clock clock;
    private final Supplier<String> ids;

    /// @param ids of increasing order, for the reviews
    public S3Reviews(S3Bucket bucket, Clock clock, Supplier<String> ids) {
        this.bucket = bucket;
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
        bucket.each(List.copyOf(last.values()), (key, json) -> json.ifPresent(bytes -> {
            try {
                Review review = Review.read(bytes);
                reviews.put(review.flag(), review);
            } catch (IOException e) {
                skipped.add(Skipped.unreadable(key, "review", e));
            }
        }));
        return reviews;
    }

    /// Flags that nobody has reviewed, strangest first.
    public List<StoredFlag> waiting(Window window) {
        Map<String, String> keys = flags(window);
        Set<String> reviewed = new HashSet<>(reviews(window, new ArrayList<>()).keySet());
        reviewed.forEach(keys::remove);
        return read(keys.values(), new ArrayList<>()).stream().sorted(Comparator
                .comparingDouble(StoredFlag::distance).reversed().thenComparing(StoredFlag::id)).toList();
    }

    /// Reads flags by their keys.
    public List<StoredFlag> read(Collection<String> keys, List<Skipped> skipped) {
        List<StoredFlag> flags = new ArrayList<>();
        bucket.each(List.copyOf(keys), (key, json) -> json.ifPresent(bytes -> {
            try {
                flags.add(StoredFlag.read(bytes));
            } catch (IOException e) {
                skipped.add(Skipped.unreadable(key, "flag", e));
            }
        }));
        return flags;
    }

    /// The flag of an answer.
    ///
    /// @param id of the answer
    public Optional<StoredFlag> find(String id) {
        return key(id).map(key -> read(List.of(key), new ArrayList<>())).stream().flatMap(List::stream).findFirst();
    }

    /// Says what a flagged picture shows. An earlier review stays, and no longer counts.
    ///
    /// @param label one of the model's labels, or [Review#OTHER]
    public void add(StoredFlag flag, String label) {
        bucket.put(Keys.review(flag.time(), flag.id(), ids.get()), "application/json",
                new Review(flag.id(), label, clock.instant()).json());
    }

    /// The kept picture, a JPEG; empty where none was kept.
    public Optional<byte[]> picture(StoredFlag flag) {
        return flag.pictureKey().isEmpty() ? Optional.empty() : bucket.read(flag.pictureKey());
    }

    /// Removes the picture of an answer, then its flag. What people said about it stays: it names nobody.
    ///
    /// @return false if there was no such flag
    public boolean forget(String id) {
        Optional<String> key = key(id);
        key.ifPresent(flag -> {
            bucket.delete(Keys.pictureOf(flag, id));
            bucket.delete(flag);
        });
        return key.isPresent();
    }

    /// An id tells the time at which its request came. The flag was made up to 29 seconds later, which may be in the
    /// next hour.
    private Optional<String> key(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Instant came = Instant.ofEpochMilli(Long.parseLong(id.replace("-", "").substring(0, DIGITS_OF_TIME), HEX));
        for (Instant time : List.of(came, came.plusSeconds(3600))) {
            String key = Keys.flag(id, time);
            if (bucket.read(key).isPresent()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
