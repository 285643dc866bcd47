package haricot.api;

import haricot.api.Outcome.Judged;
import haricot.api.Outcome.Refused;
import haricot.model.Judge;
import haricot.model.ModelCard;
import haricot.model.OnnxModel;
import haricot.model.Prediction;
import haricot.model.Verdict;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import haricot.picture.raster.UnreadablePicture;
import haricot.web.Submission;
import java.time.Clock;

/// One picture: bytes, image, prediction, verdict. The same for the API and for `haricot classify`.
public final class PicturePipeline {
    private final OnnxModel model;
    private final Decoder decoder;
    private final Judge judge;
    private final Scrutiny scrutiny;
    private final Clock clock;

    public PicturePipeline(OnnxModel model, Scrutiny scrutiny, Clock clock) {
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
        try {
            Decoder.Opened opened = decoder.open(item.bytes());
            budget.take(opened.header());
            Image image = opened.decode();
            Prediction prediction = model.predict(image);
            Verdict verdict = scrutiny.of(judge.judge(prediction, image));
            return new Judged(id, clock.instant(), item, image, prediction, verdict,
                    scrutiny.samplingProbability(verdict));
        } catch (UnreadablePicture e) {
            return new Refused(id, item.clientId(), Refusal.of(e, item.pointer()));
        }
    }
}
