package haricot.api;

import haricot.api.Outcome.Judged;
import haricot.api.Outcome.Refused;
import haricot.bucket.Flag;
import haricot.bucket.S3Flags;
import haricot.bucket.S3Flags.Write;
import haricot.bucket.S3Tallies;
import haricot.bucket.Sha256;
import haricot.picture.JpegCopy;
import haricot.picture.raster.Image;
import haricot.web.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Counts every outcome, and writes a flag for every answer that a person should see, before the answer leaves.
public final class Recorder {
    private static final byte[] NOT_KEPT = {};

    private final Kept kept;
    private final S3Flags flags;
    private final S3Tallies tallies;
    private final Origin origin;

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

    public Recorder(Kept kept, S3Flags flags, S3Tallies tallies, Origin origin) {
        this.kept = kept;
        this.flags = flags;
        this.tallies = tallies;
        this.origin = origin;
    }

    /// Returns when every flag is in the bucket or in the log, and the tally too if it is due.
    Receipt saw(List<Outcome> outcomes) {
        outcomes.forEach(this::count);
        List<Write> writes = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Judged judged && judged.answered().leavesFlag()) {
                writes.add(write(judged));
            }
        }
        return new Receipt(writes.stream().map(Write::flag).collect(Collectors.toMap(Flag::id, Flag::key)),
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
        tallies.write();
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Judged judged -> tallies.answered(judged.answered());
            case Refused refused -> tallies.refused(refused.problem().code().word());
        }
    }

    private Write write(Judged judged) {
        byte[] picture = kept.pictures() ? JpegCopy.of(judged.image()) : NOT_KEPT;
        return new Write(flag(judged), picture);
    }

    private Flag flag(Judged judged) {
        byte[] bytes = judged.item().bytes();
        return new Flag(judged.id(), judged.time(), kept.clientIds() ? judged.clientId() : "", judged.verdict(),
                judged.samplingProbability(),
                picture(judged, bytes),
                origin.now());
    }

    private static Flag.Picture picture(Judged judged, byte[] bytes) {
        Image image = judged.image();
        return new Flag.Picture(image.format().name().toLowerCase(Locale.ROOT), image.sourceWidth(),
                image.sourceHeight(), judged.prediction().quality(), bytes.length, Sha256.hex(bytes), "");
    }

    /// The tally goes out beside the flags: a caller waits for the slower of them, not for both.
    private Set<String> store(List<Write> writes) {
        if (!tallies.due()) {
            return flags.store(writes);
        }
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            beside.execute(tallies::write);
            return flags.store(writes);
        }
    }
}
