package haricot.bucket;

import java.io.IOException;
import java.time.Instant;

/// What a person says a flagged picture shows.
///
/// @param schema 1
/// @param flag id of the answer
/// @param label one of the model's labels, or [#OTHER]
public record Review(int schema, String flag, String label, Instant time) {
    /// For a picture that shows nothing the model knows.
    public static final String OTHER = "other";

    private static final int SCHEMA = 1;

    public Review {
        if (schema != SCHEMA || label.isEmpty()) {
            throw new IllegalArgumentException("a review of schema " + schema + " with the label \"" + label + "\"");
        }
    }

    Review(String flag, String label, Instant time) {
        this(SCHEMA, flag, label, time);
    }

    static Review read(byte[] json) throws IOException {
        return Json.read(json, Review.class);
    }

    byte[] json() {
        return Json.write(this);
    }
}
