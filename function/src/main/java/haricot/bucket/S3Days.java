package haricot.bucket;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Reads days of tallies.
///
/// A day that no late tally will reach any more is merged into one object,
/// `reports/dt=…/tallies.json`, and read from there afterwards: a month of 36,000 tallies then costs thirty reads, and
/// the tallies themselves may expire.
public final class S3Days {
    /// The schedule at 02:00 redoes three days: the oldest of them then ended 50 hours ago and is read for the last
    /// time. A tally that a thawed environment writes later than that is counted by no report.
    private static final Duration SETTLED_AFTER = Duration.ofDays(2);

    private static final int FORBIDDEN = 403;

    private final S3Bucket bucket;
    private final Clock clock;

    public S3Days(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /// Every day of the window, including those on which nothing was answered.
    public List<Day> read(Window window) {
        List<Skipped> broken = new ArrayList<>();
        Map<LocalDate, Day> days = merged(window, broken);
        Optional<LocalDate> first = Optional.empty();
        for (LocalDate date : window.days()) {
            if (days.containsKey(date)) {
                first.ifPresent(from -> tallied(new Window(from, date), days, broken));
                first = Optional.empty();
            } else if (first.isEmpty()) {
                first = Optional.of(date);
            }
        }
        first.ifPresent(from -> tallied(new Window(from, window.to()), days, broken));
        return Day.alike(List.copyOf(days.values()));
    }

    /// @param broken takes those that cannot be read: they are counted again from their tallies, and stay as they are
    private Map<LocalDate, Day> merged(Window window, List<Skipped> broken) {
        Map<LocalDate, Day> merged = new TreeMap<>();
        List<LocalDate> settled = window.days().stream().filter(this::settled).toList();
        bucket.each(settled.stream().map(Keys::mergedTallies).toList(), ObjectKind.DAY, broken, (key, json) -> {
            Day day = Json.read(json, Day.class);
            if (!Keys.mergedTallies(day.day()).equals(key)) {
                throw new IOException("it is of " + day.day());
            }
            merged.put(day.day(), day);
        });
        return merged;
    }

    /// Lists a run of days at once, and merges each as soon as it has been read: only one day's tallies are in memory.
    private void tallied(Window run, Map<LocalDate, Day> days, List<Skipped> broken) {
        Map<LocalDate, List<S3Bucket.Entry>> entries = new TreeMap<>();
        run.days().forEach(day -> entries.put(day, new ArrayList<>()));
        for (S3Bucket.Entry entry : bucket.list(Keys.TALLIES, run)) {
            Keys.day(entry.key()).filter(entries::containsKey).ifPresent(day -> entries.get(day).add(entry));
        }
        entries.forEach((day, ofDay) -> days.put(day, tallied(day, ofDay,
                broken.stream().filter(skipped -> skipped.key().equals(Keys.mergedTallies(day))).toList())));
    }

    private Day tallied(LocalDate date, List<S3Bucket.Entry> entries, List<Skipped> broken) {
        List<Skipped> skipped = new ArrayList<>();
        List<Day.Stored> tallies = new ArrayList<>();
        bucket.each(keys(entries, skipped), ObjectKind.TALLY, skipped, (key, json) -> tallies
                .add(new Day.Stored(key, Keys.tallyHour(key).orElseThrow(), Tally.read(json))));
        Day day = Day.empty(date).plus(tallies, skipped);
        if (settled(date) && !tallies.isEmpty() && broken.isEmpty()) {
            keep(day);
        }
        return day.plus(List.of(), broken);
    }

    /// Whoever may only read the bucket still gets a report, and the tallies are read again next time.
    private void keep(Day day) {
        try {
            bucket.put(Keys.mergedTallies(day.day()), "application/json", Json.write(day));
        } catch (S3Exception e) {
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
        }
    }

    private static List<String> keys(List<S3Bucket.Entry> entries, List<Skipped> skipped) {
        List<String> keys = new ArrayList<>();
        for (S3Bucket.Entry entry : entries) {
            if (Keys.tallyHour(entry.key()).isEmpty()) {
                skipped.add(new Skipped(entry.key(), "not the name of a tally"));
            } else {
                keys.add(entry.key());
            }
        }
        return keys;
    }

    private boolean settled(LocalDate day) {
        return settled(day, clock.instant());
    }

    /// Whether a day is over for good.
    static boolean settled(LocalDate day, Instant now) {
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return !now.isBefore(end.plus(SETTLED_AFTER));
    }
}
