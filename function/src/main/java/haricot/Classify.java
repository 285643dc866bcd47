package haricot;

import haricot.Outcome.Judged;
import haricot.Outcome.Refused;
import haricot.vision.Decoder;
import haricot.vision.Image;
import haricot.vision.Judge;
import haricot.vision.OnnxModel;
import haricot.vision.Prediction;
import haricot.vision.UnreadablePicture;
import haricot.vision.Verdict;
import haricot.web.Code;
import haricot.web.Problem;
import haricot.web.Request;
import haricot.web.Response;
import haricot.web.Submission;
import haricot.web.Submissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// `POST /v1/classify`: request, bytes, image, prediction, verdict, flag, response.
public final class Classify {
    private final OnnxModel model;
    private final Decoder decoder;
    private final Judge judge;
    private final Answers answers;
    private final DailyCap cap;
    private final Scrutiny scrutiny;
    private final Watch watch;
    private final UuidV7 ids;
    private final Clock clock;

    Classify(OnnxModel model, DailyCap cap, Scrutiny scrutiny, Watch watch, UuidV7 ids, Clock clock) {
        this.model = model;
        this.decoder = new Decoder(PixelBudget.MOST);
        this.judge = new Judge(model.card());
        this.answers = new Answers(model.card());
        this.cap = cap;
        this.scrutiny = scrutiny;
        this.watch = watch;
        this.ids = ids;
        this.clock = clock;
    }

    /// @param id of the request, and of its answer where it holds one picture
    /// @throws Problem when the request, or the only picture in it, cannot be answered
    Response answer(Request request, String id) {
        Submission submission = Submissions.read(request, model.card().labels().size());
        PixelBudget budget = new PixelBudget();
        return switch (submission) {
            case Submission.Single(Submission.Item item) -> {
                cap.take(1);
                yield respond(List.of(only(item, id, budget)), false);
            }
            case Submission.Batch(List<Submission.Entry> entries) -> {
                cap.take(entries.size());
                yield respond(entries.stream().map(entry -> one(entry, budget)).toList(), true);
            }
        };
    }

    private Response respond(List<Outcome> outcomes, boolean batch) {
        Stored stored = watch.saw(outcomes);
        return answers.response(outcomes, batch, stored);
    }

    private Outcome only(Submission.Item item, String id, PixelBudget budget) {
        return switch (judged(item, id, budget)) {
            case Judged judged -> judged;
            case Refused refused -> throw refused.problem();
        };
    }

    private Outcome one(Submission.Entry entry, PixelBudget budget) {
        String id = ids.next();
        return switch (entry) {
            case Submission.Item item -> judged(item, id, budget);
            case Submission.Unreadable(Problem problem, String clientId) -> new Refused(id, clientId, problem);
        };
    }

    private Outcome judged(Submission.Item item, String id, PixelBudget budget) {
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

    /// Counts a request that [#answer] refused.
    void refused(Code code) {
        watch.refused(code);
    }
}
