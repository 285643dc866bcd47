package haricot.bucket;

import java.time.Instant;

/// Many pictures, answered without a caller: what `backfill/<run>/run.json` says.
///
/// @param schema 1
/// @param run its id
/// @param time when it began, as its id says
/// @param bucket of the photos; [Source#HERE] for files of a computer
/// @param prefix of their keys; the folder, for files
/// @param objects how many there were
/// @param chunks into how many they were divided
/// @param model that was to answer
public record Run(int schema, String run, Instant time, String bucket, String prefix, long objects, int chunks,
        Tally.Model model) {
    private static final int SCHEMA = 1;

    public Run {
        if (schema != SCHEMA || UuidV7.time(run).isEmpty()) {
            throw new IllegalArgumentException("the run \"" + run + "\" of schema " + schema);
        }
    }

    public Run(String run, String bucket, String prefix, long objects, int chunks, Tally.Model model) {
        this(SCHEMA, run, UuidV7.time(run).orElseThrow(), bucket, prefix, objects, chunks, model);
    }

    /// Its day, which is the whole window of its report.
    public Window window() {
        return Window.of(Keys.dayOf(time));
    }
}
