package haricot.bucket;

import java.io.IOException;
import java.time.LocalDate;

/// What is normal in this field: the merged tallies of days that a person called good.
///
/// @param schema 1
/// @param from the first day
/// @param to the first day after it
/// @param tally of one model
public record Baseline(int schema, LocalDate from, LocalDate to, Tally tally) {
    private static final int SCHEMA = 1;

    public Baseline {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("a baseline of schema " + schema + ", expected " + SCHEMA);
        }
    }

    public Baseline(Window window, Tally tally) {
        this(SCHEMA, window.from(), window.to(), tally);
    }

    static Baseline read(byte[] json) throws IOException {
        return Json.read(json, Baseline.class);
    }

    byte[] json() {
        return Json.write(this);
    }
}
