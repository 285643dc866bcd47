package haricot.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.UuidV7;
import haricot.model.Goldens;
import haricot.model.ModelCard;
import haricot.model.OnnxModel;
import haricot.web.Submission;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/// Answers pictures with a model file and nothing else: no bucket, so no flag and no count, and nobody to audit an
/// accept. Otherwise the answers are the API's. Several threads may call it at once.
public final class Offline implements AutoCloseable {
    private static final Receipt NOWHERE = new Receipt(Map.of(), Set.of());

    private final OnnxModel model;
    private final PicturePipeline judging;
    private final AnswerJson answers;
    private final UuidV7 ids = new UuidV7(Clock.systemUTC(), new SecureRandom());

    /// @throws BrokenModel when the file breaks the contract, or answers its golden images wrongly
    public Offline(Path file) {
        this(OnnxModel.load(file));
    }

    /// @throws BrokenModel when the file breaks the contract, or answers its golden images wrongly
    public Offline(byte[] file) {
        this(OnnxModel.of(file));
    }

    private Offline(OnnxModel opened) {
        model = opened;
        Goldens.check(model);
        judging = new PicturePipeline(model, Scrutiny.NONE, Clock.systemUTC());
        answers = new AnswerJson(model.card());
    }

    /// What the model says about itself.
    public ModelCard card() {
        return model.card();
    }

    /// @return the API's answer for one picture, or an object with a `problem`
    public ObjectNode answer(byte[] picture) {
        Submission.Item item = new Submission.Item(picture, "", "", 0);
        return answers.json(judging.of(item, ids.next(), new PixelBudget()), NOWHERE);
    }

    @Override
    public void close() {
        model.close();
    }
}
