package haricot.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.api.Outcome.Judged;
import haricot.api.Outcome.Refused;
import haricot.bucket.Flag;
import haricot.bucket.Keys;
import haricot.bucket.Observation;
import haricot.bucket.RunId;
import haricot.bucket.Tally;
import haricot.model.OnnxModel;
import haricot.web.Submission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Answers the pictures of a run as the API would, but for what a rollout holds back: nobody waits for them. Times, ids
/// and audits follow from the run and the picture. Several threads may call it at once.
public final class RunPictures {
    private static final Receipt NOWHERE = new Receipt(Map.of(), Set.of());

    private final OnnxModel model;
    private final AnswerJson answers;
    private final double auditRate;
    private final Tally.Model name;
    private final String functionVersion;
    private final Clock clock;

    /// What became of a picture.
    ///
    /// @param json the API's answer, or an object with a `problem`
    /// @param flag for a person to see
    /// @param counting adds it to a tally
    public record Answer(ObjectNode json, Optional<Flag> flag, UnaryOperator<Tally> counting) {}

    /// @param auditRate share of accepted answers that a person sees all the same, 0 to 1
    /// @param name of the model
    /// @param clock tells how long an answer took
    public RunPictures(OnnxModel model, double auditRate, Tally.Model name, String functionVersion, Clock clock) {
        this.model = model;
        this.answers = new AnswerJson(model.card());
        this.auditRate = auditRate;
        this.name = name;
        this.functionVersion = functionVersion;
        this.clock = clock;
    }

    /// @param id of the answer
    /// @param began when the run did
    /// @param chunk in which the picture is counted
    public Answer answer(byte[] picture, String run, String chunk, RunId id, Instant began) {
        Instant start = clock.instant();
        Scrutiny scrutiny = new Scrutiny(Rollout.EXPANDED, auditRate, id::draw);
        PicturePipeline pipeline = new PicturePipeline(model, scrutiny, Clock.fixed(began, ZoneOffset.UTC));
        Outcome outcome = pipeline.of(new Submission.Item(picture, "", "", 0), id.id(), new PixelBudget());
        return switch (outcome) {
            case Refused refused -> new Answer(answers.json(refused, NOWHERE), Optional.empty(),
                    tally -> tally.plusError(refused.problem().code().word()));
            case Judged judged -> {
                Observation observed = judged.observed(Duration.between(start, clock.instant()));
                yield observed.leavesFlag()
                        ? flagged(judged, observed, Keys.runFlag(run, id.id()), chunk)
                        : new Answer(answers.json(judged, NOWHERE), Optional.empty(), tally -> tally.plus(observed));
            }
        };
    }

    /// A run writes its flags before its answers, so whoever reads this answer finds the flag.
    private Answer flagged(Judged judged, Observation observed, String key, String chunk) {
        Receipt stored = new Receipt(Map.of(judged.id(), key), Set.of(judged.id()));
        Flag flag = judged.flag("",
                new Flag.Origin(name.name(), name.version(), name.sha256(), functionVersion, chunk));
        return new Answer(answers.json(judged, stored), Optional.of(flag), tally -> tally.plus(observed));
    }
}
