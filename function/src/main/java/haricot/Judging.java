package haricot;

import haricot.Outcome.Judged;
import haricot.Outcome.Refused;
import haricot.vision.Decoder;
import haricot.vision.Image;
import haricot.vision.Judge;
import haricot.vision.ModelCard;
import haricot.vision.OnnxModel;
import haricot.vision.Prediction;
import haricot.vision.UnreadablePicture;
import haricot.vision.Verdict;
import haricot.web.Submission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// One picture: bytes, image, prediction, verdict. The same for the API and for `haricot classify`.
final class Judging {
    private final OnnxModel model;
    private final Decoder decoder;
    private final Judge judge;
    private final Scrutiny scrutiny;
    private final Clock clock;

    Judging(OnnxModel model, Scrutiny scrutiny, Clock clock) {
        this.model = model;
        this.decoder = new Decoder(PixelBudget.MOST, model.card().shortSideKept());
        this.judge = new Judge(model.card());
        this.scrutiny = scrutiny;
        this.clock = clock;
    }

    /// What the model says about itself.
    ModelCard card() {
        return model.card();
    }

    /// @param id of the answer
    /// @param budget of the request that holds the picture
    Outcome of(Submission.Item item, String id, PixelBudget budget) {
        Instant start = clock.instant();
        try {
            budget.take(decoder.header(item.bytes()));
            Image image = decoder.decode(item.bytes());
            Prediction prediction = model.predict(image);
            Verdict verdict = scrutiny.of(judge.judge(prediction, image));
            Instant end = clock.instant();
            return new Judged(id, end, Duration.between(start, end), item, image, prediction, verdict,
                    scrutiny.samplingProbability(verdict));
        } catch (UnreadablePicture e) {
            return new Refused(id, item.clientId(), Refusal.of(e, item.pointer()));
        }
    }
}
