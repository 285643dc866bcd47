package haricot.bucket;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Days of flags as one object each, `settled-flags/dt=…/flags.jsonl.gz`.
///
/// The flags stay where they are. What changes one of a day's flags later ([S3Reviews#forget], [S3LostFlags]) removes the
/// merged object *afterwards*, and it is made anew when it is next needed; and who makes one looks afterwards whether the
/// flags are still the same. So whoever comes last sees the other, and no flag that was removed comes back.
final class S3MergedFlags {
    private static final String TYPE = "application/gzip";
    private static final int FORBIDDEN = 403;

    private final S3Bucket bucket;
    private final Clock clock;
    private boolean mayWrite = true;

    S3MergedFlags(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /// Takes each flag of a day.
    @FunctionalInterface
    interface Lines {
        void take(FlagLine line) throws IOException;
    }

    /// @return false if the day has no merged object
    /// @throws IOException if it is broken; some lines may have been taken
    boolean read(LocalDate day, Lines lines) throws IOException {
        Optional<InputStream> object = bucket.open(Keys.settledFlags(day));
        if (object.isEmpty()) {
            return false;
        }
        try (GzipLines gzip = new GzipLines(object.get(), (int) ObjectKind.FLAG.most())) {
            for (Optional<byte[]> line = gzip.next(); line.isPresent(); line = gzip.next()) {
                lines.take(FlagLine.of(line.get()));
            }
        }
        return true;
    }

    /// The keys of a day's flags. A day at a time: on a folder each page of a list walks all that the prefix covers, so
    /// that one list over a month of 100,000 flags took a minute and a half.
    List<String> keys(LocalDate day) {
        return bucket.list(Keys.flags(day)).stream().map(S3Bucket.Entry::key)
                .filter(key -> Keys.flagId(key).isPresent()).toList();
    }

    /// Merges the flags of a day if no more will come: then every report reads one object instead of a list and a flag for
    /// each review.
    ///
    /// @param keys of all of its flags
    /// @return whether there is a merged object now
    boolean make(LocalDate day, List<String> keys) {
        if (keys.isEmpty() || !mayWrite || !S3Days.settled(day, clock.instant())) {
            return false;
        }
        try {
            Path file = Files.createTempFile("flags", ".jsonl.gz");
            try {
                write(keys, file);
                bucket.put(Keys.settledFlags(day), TYPE, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (S3Exception e) {
            // Whoever may only read still gets a report.
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
            mayWrite = false;
            return false;
        }
        if (keys(day).equals(keys)) {
            return true;
        }
        remove(bucket, day);
        return false;
    }

    private void write(List<String> keys, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            List<Skipped> odd = new ArrayList<>();
            bucket.each(keys, ObjectKind.FLAG, odd, (key, json) -> put(FlagLine.of(key, json), out));
            for (Skipped none : odd) {
                put(FlagLine.of(none), out);
            }
        }
    }

    /// A disk that is full is no fault of the flag's.
    private static void put(byte[] line, OutputStream out) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes a day's merged object, if there is one.
    static void remove(S3Bucket bucket, LocalDate day) {
        bucket.delete(Keys.settledFlags(day));
    }

    /// Removes the merged objects of days whose flags have expired, or were removed otherwise: the oldest first, up to a
    /// day that still has flags. S3 itself would keep them for longer, as they were made later than the flags.
    void removeExpired() {
        try {
            for (S3Bucket.Entry entry : bucket.list(Keys.SETTLED_FLAGS)) {
                Optional<LocalDate> day = Keys.day(entry.key());
                if (day.isEmpty() || bucket.any(Keys.flags(day.get()))) {
                    return;
                }
                bucket.delete(entry.key());
            }
        } catch (S3Exception e) {
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
        }
    }
}
