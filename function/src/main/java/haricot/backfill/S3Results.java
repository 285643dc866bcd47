package haricot.backfill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.Chunk;
import haricot.bucket.Keys;
import haricot.bucket.ResultLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Writes what became of a chunk: its flags, then its results, then its tally. Keys hold nothing but run, chunk and ids,
/// so that a chunk done again overwrites what was there, and a chunk with a tally is whole.
public final class S3Results {
    private static final String JSON = "application/json";
    /// Of a hundred pictures some six are flagged; of drawn ones all. More at once would only make S3 refuse.
    private static final int WRITERS = 8;

    private final S3Client s3;
    private final String bucket;

    /// @param s3 asks again for a while when S3 is asked too much (503)
    public S3Results(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// Returns when all of it is in S3; whatever S3 refuses surfaces, and then the chunk counts as not done.
    public void keep(ChunkResult result) throws InterruptedException {
        Chunk chunk = result.chunk();
        keepFlags(chunk.run(), result.flags());
        put(Keys.results(chunk.run(), chunk.name()), "application/gzip", ResultLines.write(result.lines()));
        put(Keys.runTally(chunk.run(), chunk.name()), JSON, result.tally().json());
    }

    private void keepFlags(String run, List<ObjectNode> flags) throws InterruptedException {
        if (flags.isEmpty()) {
            return;
        }
        try (ExecutorService writers = Executors.newFixedThreadPool(Math.min(WRITERS, flags.size()))) {
            List<Future<?>> written = new ArrayList<>();
            flags.forEach(flag -> written.add(writers.submit(() -> put(Keys.runFlag(run, flag.get("id").textValue()),
                    JSON, (flag + "\n").getBytes(StandardCharsets.UTF_8)))));
            for (Future<?> one : written) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("writing a flag", e.getCause());
        }
    }

    private void put(String key, String type, byte[] bytes) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(bytes));
    }
}
