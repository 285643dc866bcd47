package haricot.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Flags as a person works through them, and what the person says about each.
public final class S3Reviews {
    private static final Pattern FLAG_KEY = Pattern
            .compile("flags/dt=\\d{4}-\\d\\d-\\d\\d/hh=\\d\\d/([0-9a-f-]{36})\\.json");
    private static final Pattern REVIEW_KEY = Pattern
            .compile("reviews/dt=\\d{4}-\\d\\d-\\d\\d/([0-9a-f-]{36})/[0-9a-f-]{36}\\.json");
    private static final Pattern ID = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final int HEX = 16;
    /// The first 48 bits of a UUIDv7 are milliseconds since 1970.
    private static final int DIGITS_OF_TIME = 12;

    private final S3Bucket bucket;
    private final Clock clock;
    private final Supplier<String> ids;

    /// @param ids of increasing order, for the reviews
    S3Reviews(S3Bucket bucket, Clock clock, Supplier<String> ids) {
        this.bucket = bucket;
        this.clock = clock;
        this.ids = ids;
    }

    /// The keys of all flags of these days, by id.
    Map<String, String> flags(Window window) {
        Map<String, String> keys = new TreeMap<>();
        for (S3Bucket.Entry entry : bucket.list("flags/", window)) {
            Matcher matcher = FLAG_KEY.matcher(entry.key());
            if (matcher.matches()) {
                keys.put(matcher.group(1), entry.key());
            }
        }
        return keys;
    }

    /// What was last said about each flag of these days that was reviewed, by the flag's id.
    Map<String, Review> reviews(Window window, List<Skipped> skipped) {
        Map<String, String> last = new TreeMap<>();
        for (S3Bucket.Entry entry : bucket.list("reviews/", window)) {
            Matcher matcher = REVIEW_KEY.matcher(entry.key());
            if (matcher.matches()) {
                last.put(matcher.group(1), entry.key());
            }
        }
        Map<String, Review> reviews = new LinkedHashMap<>();
        bucket.each(List.copyOf(last.values()), (key, json) -> json.ifPresent(bytes -> {
            try {
                Review review = Review.read(bytes);
                reviews.put(review.flag(), review);
            } catch (IOException e) {
                skipped.add(new Skipped(key, "not a review: " + S3Days.firstLine(e)));
            }
        }));
        return reviews;
    }

    /// Flags that nobody has reviewed, strangest first.
    public List<FlaggedAnswer> waiting(Window window) {
        Map<String, String> keys = flags(window);
        Set<String> reviewed = new HashSet<>(reviews(window, new ArrayList<>()).keySet());
        reviewed.forEach(keys::remove);
        return read(keys.values(), new ArrayList<>()).stream().sorted(Comparator
                .comparingDouble(FlaggedAnswer::distance).reversed().thenComparing(FlaggedAnswer::id)).toList();
    }

    /// Reads flags by their keys.
    List<FlaggedAnswer> read(Collection<String> keys, List<Skipped> skipped) {
        List<FlaggedAnswer> flags = new ArrayList<>();
        bucket.each(List.copyOf(keys), (key, json) -> json.ifPresent(bytes -> {
            try {
                flags.add(FlaggedAnswer.read(bytes));
            } catch (IOException e) {
                skipped.add(new Skipped(key, "not a flag: " + S3Days.firstLine(e)));
            }
        }));
        return flags;
    }

    /// The flag of an answer.
    ///
    /// @param id of the answer
    public Optional<FlaggedAnswer> find(String id) {
        return key(id).map(key -> read(List.of(key), new ArrayList<>())).stream().flatMap(List::stream).findFirst();
    }

    /// Says what a flagged picture shows. An earlier review stays, and no longer counts.
    ///
    /// @param label one of the model's labels, or [Review#OTHER]
    public void add(FlaggedAnswer flag, String label) {
        String key = "reviews/dt=" + day(flag.time()) + "/" + flag.id() + "/" + ids.get() + ".json";
        bucket.put(key, "application/json", new Review(flag.id(), label, clock.instant()).json());
    }

    /// The kept picture, a JPEG; empty where none was kept.
    public Optional<byte[]> picture(FlaggedAnswer flag) {
        return flag.pictureKey().isEmpty() ? Optional.empty() : bucket.read(flag.pictureKey());
    }

    /// Removes the picture of an answer, then its flag. What people said about it stays: it names nobody.
    ///
    /// @return false if there was no such flag
    public boolean forget(String id) {
        Optional<String> key = key(id);
        key.ifPresent(flag -> {
            bucket.delete("flagged-images/" + flag.split("/", -1)[1] + "/" + id + ".jpg");
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
            String key = Flag.key(id, time);
            if (bucket.read(key).isPresent()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
