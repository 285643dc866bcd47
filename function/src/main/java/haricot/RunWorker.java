package haricot;

import haricot.api.Log;
import haricot.api.RunPictures;
import haricot.backfill.ChunkResult;
import haricot.backfill.ChunkWork;
import haricot.backfill.Photos;
import haricot.backfill.S3Results;
import haricot.bucket.Chunk;
import haricot.model.ModelCard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.s3.S3Client;

/// Answers one chunk of a run after the other, and keeps what became of it.
public final class RunWorker {
    private final ModelCard card;
    private final ChunkWork work;
    private final S3Results results;
    private final Log log;
    private final Clock clock;

    private RunWorker(ModelCard card, ChunkWork work, S3Results results, Log log, Clock clock) {
        this.card = card;
        this.work = work;
        this.results = results;
        this.log = log;
        this.clock = clock;
    }

    /// In a process that is never frozen, such as a laptop's.
    ///
    /// @param s3 holds the bucket of the settings
    /// @param atOnce how many pictures are judged at a time: one a core
    /// @throws BadSetting when a setting, or the object that it names, is wrong
    public static RunWorker unfrozen(Settings settings, S3Client s3, Photos photos, int atOnce, Clock clock) {
        return of(Wiring.of(settings, s3, clock), s3, photos, atOnce, Log.silent(clock));
    }

    static RunWorker of(Wiring wiring, S3Client s3, Photos photos, int atOnce, Log log) {
        Settings settings = wiring.settings();
        RunPictures pictures = new RunPictures(wiring.model(), settings.auditRate(), wiring.nothing().model(),
                settings.functionVersion(), wiring.clock());
        return new RunWorker(wiring.model().card(), new ChunkWork(photos, pictures, wiring.nothing(), atOnce),
                new S3Results(s3, settings.bucket()), log, wiring.clock());
    }

    /// What the model says about itself.
    public ModelCard card() {
        return card;
    }

    /// Returns when all of the chunk is in the bucket.
    ///
    /// @throws RuntimeException whatever S3 refuses for good: then the chunk is to be done again
    public ChunkResult work(Chunk chunk) {
        Instant begin = clock.instant();
        try {
            ChunkResult result = work.of(chunk);
            results.keep(result);
            log.chunk(chunk.run(), chunk.name(), result.tally().answered(), result.unreadable(),
                    Duration.between(begin, clock.instant()).toMillis());
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in chunk " + chunk.name() + " of " + chunk.run(), e);
        }
    }
}
