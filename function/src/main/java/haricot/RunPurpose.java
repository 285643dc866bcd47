package haricot;

import haricot.api.Log;
import haricot.backfill.Photo;
import haricot.backfill.S3Photos;
import haricot.bucket.Chunk;
import haricot.bucket.Source;
import haricot.bucket.UuidV7;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Runs over many pictures, for which nobody waits.
final class RunPurpose implements Purpose<RunWorker> {
    /// As many as the least that a rehearsal of requests takes; a run that starts a little slow is none the longer.
    private static final int ROUNDS = 8;

    @Override
    public S3ClientBuilder client(boolean pathStyle) {
        return S3Clients.persistent(pathStyle);
    }

    @Override
    public RunWorker parts(Wiring wiring, S3Client s3, RandomGenerator random, Log log) {
        return RunWorker.of(wiring, s3, new S3Photos(s3), 1, log);
    }

    @Override
    public void rehearse(Wiring wiring, S3Client s3, RandomGenerator random, Runnable restore, Log log) {
        for (int round = 0; round < ROUNDS; round++) {
            rehearseOnce(wiring, s3, random);
            restore.run();
        }
    }

    /// A chunk of drawn pictures; none of them is in S3, and nothing of it stays there.
    @Override
    public void rehearseOnce(Wiring wiring, S3Client s3, RandomGenerator random) {
        RefusedWrites writes = new RefusedWrites(s3);
        RunWorker worker = RunWorker.of(wiring, writes, source -> new Photo.Bytes(DrawnRequests.picture(source.key())),
                1, Log.silent(wiring.clock()));
        List<Source> drawn = DrawnRequests.PICTURES.stream().map(name -> new Source("rehearsal", name, "0", ""))
                .toList();
        String run = new UuidV7(wiring.clock(), random).next();
        long unreadable = worker.work(new Chunk(run, Chunk.name(1), "rehearsal", drawn)).unreadable();
        writes.denied().ifPresent(denied -> {
            throw new BadSetting("BUCKET", wiring.settings().bucket(),
                    "a bucket that this function may write results to (" + denied.getMessage() + ")");
        });
        if (unreadable > 0) {
            throw new IllegalStateException("rehearsing a chunk: " + unreadable + " drawn pictures could not be read");
        }
    }
}
