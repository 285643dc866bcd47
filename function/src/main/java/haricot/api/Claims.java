package haricot.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import haricot.bucket.Claim;
import haricot.bucket.Review;
import haricot.bucket.S3Claims;
import haricot.bucket.UuidV7;
import haricot.web.ClaimForm;
import haricot.web.Code;
import haricot.web.Problem;
import haricot.web.Request;
import haricot.web.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `POST /v1/claims`: a caller says that an answer was wrong.
public final class Claims {
    /// Later nobody remembers the picture, and a stranger who finds an id can do less with it.
    private static final Duration LONGEST = Duration.ofDays(1);
    /// Clocks of two machines differ.
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final boolean open;
    private final List<String> labels;
    private final S3Claims kept;
    private final UuidV7 ids;
    private final Clock clock;

    /// @param open whether this service takes claims
    /// @param labels of the model
    public Claims(boolean open, List<String> labels, S3Claims kept, UuidV7 ids, Clock clock) {
        this.open = open;
        this.labels = labels;
        this.kept = kept;
        this.ids = ids;
        this.clock = clock;
    }

    /// @throws Problem when the claim cannot be taken
    Response answer(Request request) {
        if (!open) {
            throw new Problem(Code.NOT_FOUND, "This service takes no claims: its setting CLAIMS is off.");
        }
        ClaimForm form = ClaimForm.read(request);
        Instant answered = answered(form.id());
        known(form.label());
        Claim claim = new Claim(ids.next(), form.id(), form.label(), clock.instant());
        kept.add(claim, answered);
        return AnswerJson.json(201, JsonNodeFactory.instance.objectNode().put("id", claim.id())
                .put("answer", claim.answer()).put("label", claim.label()).put("time", claim.time().toString()));
    }

    private Instant answered(String id) {
        Instant answered = UuidV7.time(id).orElseThrow(() -> new Problem(Code.INVALID_FIELD, "/id",
                "The id must be that of an answer, such as 0192f3a4-0000-7000-8000-000000000000."));
        Instant now = clock.instant();
        if (answered.isBefore(now.minus(LONGEST)) || answered.isAfter(now.plus(AHEAD))) {
            throw new Problem(Code.INVALID_FIELD, "/id",
                    "A claim can be made for a day after the answer, and the time in this id is not in it.");
        }
        return answered;
    }

    private void known(String label) {
        if (!labels.contains(label) && !label.equals(Review.OTHER)) {
            List<String> all = new ArrayList<>(labels);
            all.add(Review.OTHER);
            throw new Problem(Code.INVALID_FIELD, "/label",
                    "The label must be one of: " + String.join(", ", all) + ".");
        }
    }
}
