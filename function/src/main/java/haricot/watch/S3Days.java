package haricot.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Reads days of tallies.
///
/// A day that no late tally will reach any more is merged into one object,
/// `reports/dt=…/tallies.json`, and read from there ever after: a month of 36,000 tallies then costs thirty reads, and
/// the tallies themselves may expire.
final class S3Days {
    /// The schedule at 02:00 redoes three days: the oldest of them then ended 50 hours ago and is read for the last
    /// time. A tally that a thawed environment writes later than that is counted by no report.
    private static final Duration SETTLED_AFTER = Duration.ofHours(48);
    /// A tally has some 4 KB. What is a hundred times as large is none, and is not worth the memory.
    private static final long LARGEST = 400_000;

    private static final int FORBIDDEN = 403;
    private static final Pattern KEY = Pattern
            .compile("tallies/dt=\\d{4}-\\d\\d-\\d\\d/hh=([01]\\d|2[0-3])/[^/]+\\.json");

    private final S3Bucket bucket;
    private final Clock clock;

    S3Days(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /// Every day of the window, also those on which nothing was answered.
    List<Day> read(Window window) {
        Map<LocalDate, Day> merged = merged(window);
        List<Day> days = new ArrayList<>();
        for (LocalDate date : window.days()) {
            days.add(merged.containsKey(date) ? merged.get(date) : tallied(date));
        }
        return days;
    }

    private Map<LocalDate, Day> merged(Window window) {
        Map<LocalDate, Day> merged = new LinkedHashMap<>();
        List<LocalDate> settled = window.days().stream().filter(this::settled).toList();
        bucket.each(settled.stream().map(S3Days::key).toList(),
                (_, json) -> json.flatMap(S3Days::parsed).ifPresent(day -> merged.put(day.day(), day)));
        return merged;
    }

    private Day tallied(LocalDate date) {
        List<Skipped> skipped = new ArrayList<>();
        List<String> keys = keys("tallies/dt=" + date + "/", skipped);
        List<Day.Stored> tallies = new ArrayList<>();
        bucket.each(keys, (key, json) -> json.ifPresent(bytes -> {
            try {
                tallies.add(new Day.Stored(key, hour(key), Tally.read(bytes)));
            } catch (IOException e) {
                skipped.add(new Skipped(key, "no tally: " + firstLine(e)));
            }
        }));
        Day day = Day.empty(date).plus(tallies, skipped);
        if (settled(date) && !tallies.isEmpty()) {
            keep(day);
        }
        return day;
    }

    /// Who may only read the bucket gets a report all the same, and the tallies are read again next time.
    private void keep(Day day) {
        try {
            bucket.putNew(key(day.day()), "application/json", Json.write(day));
        } catch (S3Exception e) {
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
        }
    }

    private List<String> keys(String prefix, List<Skipped> skipped) {
        List<String> keys = new ArrayList<>();
        for (S3Bucket.Entry entry : bucket.list(prefix)) {
            if (!KEY.matcher(entry.key()).matches()) {
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

    /// One that cannot be read is made anew from the tallies.
    private static Optional<Day> parsed(byte[] json) {
        try {
            return Optional.of(Json.read(json, Day.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String key(LocalDate day) {
        return "reports/dt=" + day + "/tallies.json";
    }

    private static int hour(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(key);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /// Jackson's messages go on with a piece of the object, which does not belong into a report.
    static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
