package haricot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import haricot.backfill.ChunkResult;
import haricot.bucket.Chunk;
import haricot.bucket.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/// What Lambda calls with an item of a run's plan: answers its pictures, and writes flags, results and the tally.
///
/// It fails as a whole, or everything is in the bucket: whoever calls it again gets the same objects once more.
public final class BackfillHandler implements RequestStreamHandler {
    private final Supplier<RunWorker> worker;

    /// @throws StartFailed when the environment does not allow a start
    public BackfillHandler() {
        Environment<RunWorker> environment = Environment.start(System.getenv(), Clock.systemUTC(), SecureRandom::new,
                new RunPurpose());
        this.worker = environment::parts;
    }

    /// For a function whose parts never change.
    public BackfillHandler(RunWorker worker) {
        this.worker = () -> worker;
    }

    /// What the run's execution shows of a chunk.
    private record Done(String run, String chunk, long answered, long flagged, long unreadable) {}

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        Chunk chunk = Chunk.read(event.readAllBytes());
        ChunkResult result = worker.get().work(chunk);
        answer.write(Json.write(new Done(chunk.run(), chunk.name(), result.tally().answered(),
                result.tally().flagged(), result.unreadable())));
    }
}
