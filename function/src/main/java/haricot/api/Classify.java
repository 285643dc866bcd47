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
import java.time.Instant;
import java.util.List;

/// `POST /v1/classify`: request, bytes, image, prediction, verdict, flag, response.
public final class Classify {
    private final PicturePipeline pictures;
    private final AnswerJson answers;
    private final Admission admission;
    private final DailyCap cap;
    private final Recorder recorder;
    private final AnswerMetrics metrics;
    private final UuidV7 ids;

    /// @param batch whether the answer is a list, even of one
    private record Judgement(List<Outcome> outcomes, boolean batch) {}

    public Classify(PicturePipeline pictures, Admission admission, DailyCap cap, Recorder recorder,
            AnswerMetrics metrics, UuidV7 ids) {
        this.pictures = pictures;
        this.answers = new AnswerJson(pictures.card());
        this.admission = admission;
        this.cap = cap;
        this.recorder = recorder;
        this.metrics = metrics;
        this.ids = ids;
    }

    /// @param id of the request, and of its answer if it holds one picture
    /// @param came when its event arrived
    /// @throws Problem when the request, or the only picture in it, cannot be answered
    Response answer(Request request, String id, Instant came) {
        Judgement judgement;
        try (Aside _ = recorder.catchUp()) {
            judgement = judge(request, id);
        }
        Receipt stored = recorder.saw(judgement.outcomes(), came);
        metrics.count(judgement.outcomes());
        return answers.response(judgement.outcomes(), judgement.batch(), stored);
    }

    private Judgement judge(Request request, String id) {
        admission.requireOpen();
        Submission submission = Submissions.read(request, pictures.card().labels().size());
        PixelBudget budget = new PixelBudget();
        return switch (submission) {
            case Submission.Single(Submission.Item item) -> {
                admission.refusal(request.apiKeyId(), item.clientId(), id).ifPresent(problem -> {
                    throw problem;
                });
                cap.take(1);
                yield new Judgement(List.of(only(item, id, budget)), false);
            }
            case Submission.Batch(List<Submission.Entry> entries) -> {
                List<Submission.Entry> admitted = entries.stream().map(entry -> admitted(entry, request, id)).toList();
                cap.take((int) admitted.stream().filter(Submission.Item.class::isInstance).count());
                yield new Judgement(admitted.stream().map(entry -> one(entry, budget)).toList(), true);
            }
        };
    }

    /// Each picture of a batch may name a client of its own.
    private Submission.Entry admitted(Submission.Entry entry, Request request, String id) {
        return switch (entry) {
            case Submission.Item item ->
                admission.refusal(request.apiKeyId(), item.clientId(), id).<Submission.Entry>map(
                        problem -> new Submission.Unreadable(problem, item.clientId())).orElse(item);
            case Submission.Unreadable unreadable -> unreadable;
        };
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
