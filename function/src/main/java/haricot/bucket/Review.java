package haricot.bucket;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// What a person says a flagged picture shows.
///
/// @param schema 1
/// @param flag id of the answer
/// @param label one of the model's labels, [#OTHER] or [#CANNOT_TELL]
/// @param note in the person's own words; empty for none
public record Review(int schema, String flag, String label, Instant time, String note) {
    /// For a picture that shows nothing the model knows.
    public static final String OTHER = "other";
    /// For a picture that does not show what it is of: looked at, and no truth.
    public static final String CANNOT_TELL = "cannot-tell";

    private static final int SCHEMA = 1;

    public Review {
        if (schema != SCHEMA || label.isEmpty()) {
            throw new IllegalArgumentException("a review of schema " + schema + " with the label \"" + label + "\"");
        }
    }

    Review(String flag, String label, Instant time, String note) {
        this(SCHEMA, flag, label, time, note);
    }

    /// Those of version 1.0 have no note.
    ///
    /// @throws IOException if these bytes are not the review of this key
    static Review read(String key, byte[] json) throws IOException {
        Review review = Json.read(json, "note", Review.class);
        if (!Keys.reviewedFlag(key).equals(Optional.of(review.flag))) {
            throw new IOException("it is about another flag");
        }
        return review;
    }

    /// Whether it says what the picture shows.
    public boolean telling() {
        return !label.equals(CANNOT_TELL);
    }

    byte[] json() {
        return Json.write(this);
    }
}
