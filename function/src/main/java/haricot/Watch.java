package haricot;

import haricot.Outcome.Judged;
import haricot.Outcome.Refused;
import haricot.Settings.KeepImages;
import haricot.vision.JpegCopy;
import haricot.watch.Flag;
import haricot.watch.S3Flags;
import haricot.watch.S3Flags.Write;
import haricot.watch.S3Tallies;
import haricot.web.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/// Counts every outcome, and writes a flag for every answer that a person should see, before the answer leaves.
final class Watch {
    private static final byte[] NOT_KEPT = {};

    private final Settings settings;
    private final S3Flags flags;
    private final S3Tallies tallies;
    private final Origin origin;
    private final Log log;

    /// Says who answers: the environment's id changes when a snapshot is restored.
    @FunctionalInterface
    interface Origin {
        Flag.Origin now();
    }

    Watch(Settings settings, S3Flags flags, S3Tallies tallies, Origin origin, Log log) {
        this.settings = settings;
        this.flags = flags;
        this.tallies = tallies;
        this.origin = origin;
        this.log = log;
    }

    /// Returns when every flag is in the bucket or in the log, and the tally too if it is due.
    Stored saw(List<Outcome> outcomes) {
        outcomes.forEach(this::count);
        List<Write> writes = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Judged judged && judged.answered().leavesFlag()) {
                writes.add(write(judged));
            }
        }
        return new Stored(writes.stream().map(Write::flag).collect(Collectors.toMap(Flag::id, Flag::key)),
                store(writes));
    }

    /// Counts a request that got no answer.
    void refused(Code code) {
        tallies.refused(code.word());
        store(List.of());
    }

    /// Writes what is left, for a process that is told to stop: counts that were not due yet, flags that S3 refused.
    void finish() {
        flags.store(List.of());
        writeTally();
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Judged judged -> tallies.answered(judged.answered());
            case Refused refused -> tallies.refused(refused.problem().code().word());
        }
    }

    private Write write(Judged judged) {
        byte[] picture = settings.keepImages() == KeepImages.FLAGGED ? JpegCopy.of(judged.image()) : NOT_KEPT;
        return new Write(flag(judged), picture);
    }

    private Flag flag(Judged judged) {
        byte[] bytes = judged.item().bytes();
        return new Flag(judged.id(), judged.time(), settings.keepClientId() ? judged.clientId() : "", judged.verdict(),
                judged.samplingProbability(),
                Flag.Picture.of(judged.image(), judged.prediction().quality(), bytes.length, Sha256.hex(bytes)),
                origin.now());
    }

    /// The tally goes out beside the flags: a caller waits for the slower of them, not for both.
    private Set<String> store(List<Write> writes) {
        if (!tallies.due()) {
            return flags.store(writes);
        }
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            beside.execute(this::writeTally);
            return flags.store(writes);
        }
    }

    /// A tally that S3 refuses goes on counting, and is written whole with a later request.
    private void writeTally() {
        try {
            tallies.write();
        } catch (SdkException e) {
            log.tallyNotStored(e);
        }
    }
}
