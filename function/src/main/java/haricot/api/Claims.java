package haricot.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import haricot.bucket.Claim;
import haricot.bucket.Review;
import haricot.bucket.S3Claims;
import haricot.bucket.UuidV7;
import haricot.model.ModelCard;
import haricot.picture.Decoder;
import haricot.picture.JpegCopy;
import haricot.picture.raster.UnreadablePicture;
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
import java.util.Optional;

/// `POST /v1/claims`: a caller says that an answer was wrong.
public final class Claims {
    /// Later nobody remembers the picture, and a stranger who finds an id can do less with it.
    private static final Duration LONGEST = Duration.ofDays(1);
    /// Clocks of two machines differ.
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final byte[] NOT_KEPT = {};

    private final boolean open;
    private final List<String> labels;
    private final S3Claims kept;
    private final Optional<Decoder> keeping;
    private final UuidV7 ids;
    private final Clock clock;

    /// @param open whether this service takes claims
    /// @param pictures whether it keeps those that are sent again
    /// @param card of the model
    public Claims(boolean open, boolean pictures, ModelCard card, S3Claims kept, UuidV7 ids, Clock clock) {
        this.open = open;
        this.labels = card.labels();
        this.kept = kept;
        this.keeping = pictures
                ? Optional.of(new Decoder(PixelBudget.MOST, card.shortSideKept()))
                : Optional.empty();
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
        Claim claim = kept.add(new Claim(ids.next(), form.id(), form.label(), clock.instant()), answered,
                copy(form.image()));
        return AnswerJson.json(201, JsonNodeFactory.instance.objectNode().put("id", claim.id())
                .put("answer", claim.answer()).put("label", claim.label()).put("time", claim.time().toString())
                .put("imageKept", !claim.imageKey().isEmpty()));
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

    /// Of the picture nothing but its pixels, as of a flagged one.
    private byte[] copy(byte[] image) {
        if (image.length == 0 || keeping.isEmpty()) {
            return NOT_KEPT;
        }
        try {
            return JpegCopy.of(keeping.get().open(image).decode());
        } catch (UnreadablePicture e) {
            throw Refusal.of(e, "/image");
        }
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
