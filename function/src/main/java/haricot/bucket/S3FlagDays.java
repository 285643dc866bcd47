package haricot.bucket;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Flags day by day, as a report needs them: how many there are, how many nobody has looked at, and what the others say.
///
/// A day to which no flag comes any more is read from one object, a line after the other: 600,000 flags of a month neither
/// take a request each nor stay in memory.
public final class S3FlagDays {
    private final S3Bucket bucket;
    private final S3MergedFlags merged;

    public S3FlagDays(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.merged = new S3MergedFlags(bucket, clock);
    }

    /// The flags of some days.
    ///
    /// @param byDay how many there are
    /// @param waiting how many of them nobody has looked at
    /// @param seen those that were asked for, by id
    public record Flags(Map<LocalDate, Long> byDay, long waiting, List<StoredFlag> seen) {
        /// How many lie in this window.
        public long within(Window window) {
            return byDay.entrySet().stream().filter(day -> window.contains(day.getKey()))
                    .mapToLong(Map.Entry::getValue).sum();
        }
    }

    /// @param reviewed ids of the flags that somebody has looked at
    /// @param wanted ids of those of them that are read
    /// @param skipped takes those of them that are no flag
    public Flags read(Window window, Set<String> reviewed, Set<String> wanted, List<Skipped> skipped) {
        Map<LocalDate, Long> byDay = new TreeMap<>();
        long waiting = 0;
        List<StoredFlag> seen = new ArrayList<>();
        for (LocalDate day : window.days()) {
            Count count = day(day, reviewed, wanted, skipped);
            byDay.put(day, count.flags);
            waiting += count.waiting;
            seen.addAll(count.seen);
            skipped.addAll(count.odd);
        }
        merged.removeExpired();
        seen.sort(Comparator.comparing(StoredFlag::id));
        return new Flags(byDay, waiting, seen);
    }

    /// @param broken takes the merged object if it cannot be read: it stays, and the day is read from its flags
    private Count day(LocalDate day, Set<String> reviewed, Set<String> wanted, List<Skipped> broken) {
        int before = broken.size();
        Optional<Count> count = merged(day, reviewed, wanted, broken);
        if (count.isEmpty()) {
            List<String> keys = merged.keys(day);
            if (broken.size() == before && merged.make(day, keys)) {
                count = merged(day, reviewed, wanted, broken);
            }
            return count.orElseGet(() -> single(keys, reviewed, wanted));
        }
        return count.get();
    }

    private Optional<Count> merged(LocalDate day, Set<String> reviewed, Set<String> wanted, List<Skipped> broken) {
        Count count = new Count(reviewed, wanted);
        try {
            return merged.read(day, count::add) ? Optional.of(count) : Optional.empty();
        } catch (IOException e) {
            broken.add(Skipped.unreadable(Keys.settledFlags(day), "day of flags", e));
            return Optional.empty();
        }
    }

    private Count single(List<String> keys, Set<String> reviewed, Set<String> wanted) {
        Count count = new Count(reviewed, wanted);
        List<String> read = keys.stream().filter(key -> count.add(Keys.flagId(key).orElseThrow())).toList();
        bucket.each(read, ObjectKind.FLAG, count.odd, (key, json) -> count.seen.add(StoredFlag.read(key, json)));
        return count;
    }

    /// What one day adds up to.
    private static final class Count {
        private final Set<String> reviewed;
        private final Set<String> wanted;
        private final List<StoredFlag> seen = new ArrayList<>();
        private final List<Skipped> odd = new ArrayList<>();
        private long flags;
        private long waiting;

        private Count(Set<String> reviewed, Set<String> wanted) {
            this.reviewed = reviewed;
            this.wanted = wanted;
        }

        /// @return whether the flag is to be read
        private boolean add(String id) {
            flags++;
            waiting += reviewed.contains(id) ? 0 : 1;
            return wanted.contains(id);
        }

        private void add(FlagLine line) throws IOException {
            if (add(line.id())) {
                Optional<String> why = line.why();
                if (why.isPresent()) {
                    odd.add(new Skipped(line.key(), why.get()));
                } else {
                    seen.add(line.flag());
                }
            }
        }
    }
}
