package haricot.api;

import haricot.api.Outcome.Judged;
import haricot.api.Outcome.Refused;
import haricot.bucket.Flag;
import haricot.bucket.Observation;
import haricot.bucket.S3Flags;
import haricot.bucket.S3Flags.Write;
import haricot.bucket.S3Tallies;
import haricot.picture.JpegCopy;
import haricot.web.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Counts every outcome, and writes a flag for every answer that a person should see, before the answer leaves.
public final class Recorder {
    private static final byte[] NOT_KEPT = {};

    private final Kept kept;
    private final S3Flags flags;
    private final S3Tallies tallies;
    private final Origin origin;
    private final Clock clock;

    /// What is kept of a caller's request beside the verdict.
    ///
    /// @param pictures whether a flagged picture itself, re-encoded without metadata
    /// @param clientIds whether the caller's own id
    public record Kept(boolean pictures, boolean clientIds) {}

    /// Says who answers: the environment's id changes when a snapshot is restored.
    @FunctionalInterface
    public interface Origin {
        Flag.Origin now();
    }

    public Recorder(Kept kept, S3Flags flags, S3Tallies tallies, Origin origin, Clock clock) {
        this.kept = kept;
        this.flags = flags;
        this.tallies = tallies;
        this.origin = origin;
        this.clock = clock;
    }

    /// Writes what S3 refused earlier, if there is any and it is time to try again. Whoever works on a request lets it
    /// run meanwhile, and closes it when the answer is ready.
    Aside catchUp() {
        List<Runnable> owed = new ArrayList<>();
        if (flags.owes()) {
            owed.add(flags::catchUp);
        }
        if (tallies.owes()) {
            owed.add(tallies::write);
        }
        return Aside.start(owed);
    }

    /// Returns when every flag is in the bucket or in the log, and the tally too if it is due.
    ///
    /// @param came when the event of the request arrived
    Receipt saw(List<Outcome> outcomes, Instant came) {
        Duration judged = Duration.between(came, clock.instant());
        List<Write> writes = new ArrayList<>();
        int answers = 0;
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Refused refused -> tallies.refused(refused.problem().code().word());
                case Judged answer -> {
                    Observation observed = answer.observed(judged);
                    tallies.answered(observed);
                    answers++;
                    if (observed.leavesFlag()) {
                        writes.add(write(answer));
                    }
                }
            }
        }
        Set<String> stored = store(writes);
        tallies.tookLonger(judged, Duration.between(came, clock.instant()), answers);
        return new Receipt(writes.stream().map(Write::flag).collect(Collectors.toMap(Flag::id, Flag::key)), stored);
    }

    /// Counts a request that got no answer.
    void refused(Code code) {
        tallies.refused(code.word());
        store(List.of());
    }

    /// Writes what is left, for a process that is told to stop: counts that were not due yet, flags that S3 refused.
    void finish() {
        flags.catchUp();
        tallies.write();
    }

    private Write write(Judged judged) {
        byte[] picture = kept.pictures() ? JpegCopy.of(judged.image()) : NOT_KEPT;
        return new Write(judged.flag(kept.clientIds() ? judged.clientId() : "", origin.now()), picture);
    }

    /// The tally goes out beside the flags: a caller waits for the slower of them, not for both.
    private Set<String> store(List<Write> writes) {
        if (!tallies.due()) {
            return flags.store(writes);
        }
        try (Aside tally = Aside.start(List.of(tallies::write))) {
            Set<String> stored = flags.store(writes);
            tally.await(S3Flags.PATIENCE);
            return stored;
        }
    }
}
