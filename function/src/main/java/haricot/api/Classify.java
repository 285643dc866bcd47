package haricot.api;

import haricot.api.Outcome.Judged;
import haricot.api.Outcome.Refused;
import haricot.bucket.UuidV7;
import haricot.web.Code;
import haricot.web.Problem;
import haricot.web.Request;
import haricot.web.Response;
import haricot.web.Submission;
import haricot.web.Submissions;
import java.util.List;

/// `POST /v1/classify`: request, bytes, image, prediction, verdict, flag, response.
public final class Classify {
    private final PicturePipeline pictures;
    private final AnswerJson answers;
    private final DailyCap cap;
    private final Recorder recorder;
    private final UuidV7 ids;

    public Classify(PicturePipeline pictures, DailyCap cap, Recorder recorder, UuidV7 ids) {
        this.pictures = pictures;
        this.answers = new AnswerJson(pictures.card());
        this.cap = cap;
        this.recorder = recorder;
        this.ids = ids;
    }

    /// @param id of the request, and of its answer if it holds one picture
    /// @throws Problem when the request, or the only picture in it, cannot be answered
    Response answer(Request request, String id) {
        Submission submission = Submissions.read(request, pictures.card().labels().size());
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
        Receipt stored = recorder.saw(outcomes);
        return answers.response(outcomes, batch, stored);
    }

    private Outcome only(Submission.Item item, String id, PixelBudget budget) {
        return switch (pictures.of(item, id, budget)) {
            case Judged judged -> judged;
            case Refused refused -> throw refused.problem();
        };
    }

    private Outcome one(Submission.Entry entry, PixelBudget budget) {
        String id = ids.next();
        return switch (entry) {
            case Submission.Item item -> pictures.of(item, id, budget);
            case Submission.Unreadable(Problem problem, String clientId) -> new Refused(id, clientId, problem);
        };
    }

    /// Writes what has not been written yet.
    void finish() {
        recorder.finish();
    }

    /// Counts a request that [#answer] refused.
    void refused(Code code) {
        recorder.refused(code);
    }
}
