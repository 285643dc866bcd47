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
    /// A tally has some 4 KB. Anything a hundred times as large is not one, and not worth the memory.
    private static final long LARGEST = 400_000;

    private static final int FORBIDDEN = 403;

    private final S3Bucket bucket;
    private final Clock clock;

    public S3Days(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /// Every day of the window, including those on which nothing was answered.
    public List<Day> read(Window window) {
        Map<LocalDate, Day> days = merged(window);
        Optional<LocalDate> first = Optional.empty();
        for (LocalDate date : window.days()) {
            if (days.containsKey(date)) {
                first.ifPresent(from -> tallied(new Window(from, date), days));
                first = Optional.empty();
            } else if (first.isEmpty()) {
                first = Optional.of(date);
            }
        }
        first.ifPresent(from -> tallied(new Window(from, window.to()), days));
        return List.copyOf(days.values());
    }

    private Map<LocalDate, Day> merged(Window window) {
        Map<LocalDate, Day> merged = new TreeMap<>();
        List<LocalDate> settled = window.days().stream().filter(this::settled).toList();
        bucket.each(settled.stream().map(Keys::mergedTallies).toList(),
                (_, json) -> json.flatMap(S3Days::parsed).ifPresent(day -> merged.put(day.day(), day)));
        return merged;
    }

    /// Lists a run of days at once, and merges each as soon as it has been read: only one day's tallies are in memory.
    private void tallied(Window run, Map<LocalDate, Day> days) {
        Map<LocalDate, List<S3Bucket.Entry>> entries = new TreeMap<>();
        run.days().forEach(day -> entries.put(day, new ArrayList<>()));
        for (S3Bucket.Entry entry : bucket.list(Keys.TALLIES, run)) {
            Keys.day(entry.key()).filter(entries::containsKey).ifPresent(day -> entries.get(day).add(entry));
        }
        entries.forEach((day, ofDay) -> days.put(day, tallied(day, ofDay)));
    }

    private Day tallied(LocalDate date, List<S3Bucket.Entry> entries) {
        List<Skipped> skipped = new ArrayList<>();
        List<Day.Stored> tallies = new ArrayList<>();
        bucket.each(keys(entries, skipped), (key, json) -> json.ifPresent(bytes -> {
            try {
                tallies.add(new Day.Stored(key, Keys.tallyHour(key).orElseThrow(), Tally.read(bytes)));
            } catch (IOException e) {
                skipped.add(Skipped.unreadable(key, "tally", e));
            }
        }));
        Day day = Day.empty(date).plus(tallies, skipped);
        if (settled(date) && !tallies.isEmpty()) {
            keep(day);
        }
        return day;
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
            } else if (entry.size() > LARGEST) {
                skipped.add(new Skipped(entry.key(), "too large for a tally: " + entry.size() + " bytes"));
            } else {
                keys.add(entry.key());
            }
        }
        return keys;
    }

    private boolean settled(LocalDate day) {
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return !clock.instant().isBefore(end.plus(SETTLED_AFTER));
    }

    /// One that cannot be read is rebuilt from the tallies.
    private static Optional<Day> parsed(byte[] json) {
        try {
            return Optional.of(Json.read(json, Day.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
