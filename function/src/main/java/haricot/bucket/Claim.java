package haricot.bucket;

import java.io.IOException;
import java.time.Instant;

/// What a caller says that an answer should have been. Anybody may claim anything: it is neither a flag nor the truth, no
/// count holds it, and a person weighs it in the review.
///
/// @param schema 1
/// @param id of the claim, a UUIDv7
/// @param answer id of the answer
/// @param label one of the model's labels, or [Review#OTHER]
/// @param time of the claim
/// @param imageKey of the picture, if the caller sent it again and it is kept; empty if not
public record Claim(int schema, String id, String answer, String label, Instant time, String imageKey) {
    private static final int SCHEMA = 1;

    public Claim {
        if (schema != SCHEMA || label.isEmpty()) {
            throw new IllegalArgumentException("a claim of schema " + schema + " with the label \"" + label + "\"");
        }
    }

    public Claim(String id, String answer, String label, Instant time) {
        this(SCHEMA, id, answer, label, time, "");
    }

    /// The first ones had no picture.
    static Claim read(byte[] json) throws IOException {
        return Json.read(json, "imageKey", Claim.class);
    }

    Claim withPicture(String key) {
        return new Claim(schema, id, answer, label, time, key);
    }

    byte[] json() {
        return Json.write(this);
    }
}
