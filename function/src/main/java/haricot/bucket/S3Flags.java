package haricot.bucket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Writes flags to the bucket before their answers leave.
///
/// A flag that S3 refuses goes to the log at once and is kept here, to be written again with the next requests. Safe
/// for use by several threads.
public final class S3Flags {
    /// A flag is about 1 KB, so this many cost nothing; past it the oldest is left to the log, which has them all.
    static final int MOST_PENDING = 64;

    private final S3Client s3;
    private final String bucket;
    private final BiConsumer<Flag, RuntimeException> refused;
    private final Deque<Flag> pending = new ArrayDeque<>();

    /// A flag to write.
    ///
    /// @param picture a JPEG to keep under the flag's picture key; empty to keep none
    public record Write(Flag flag, byte[] picture) {}

    /// @param refused is told once of every flag that S3 refused, before its answer leaves
    public S3Flags(S3Client s3, String bucket, BiConsumer<Flag, RuntimeException> refused) {
        this.s3 = s3;
        this.bucket = bucket;
        this.refused = refused;
    }

    /// Writes all of these side by side, with what earlier requests left over. Returns when each is in S3 or refused.
    ///
    /// @return the ids of those of `writes` that are in S3
    public Set<String> store(List<Write> writes) {
        List<Flag> left = takePending();
        if (writes.isEmpty() && left.isEmpty()) {
            return Set.of();
        }
        List<Future<Boolean>> results = new ArrayList<>();
        try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            writes.forEach(write -> results.add(side.submit(() -> storeNew(write))));
            side.execute(() -> storeAgain(left));
        }
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < writes.size(); i++) {
            if (results.get(i).resultNow()) {
                stored.add(writes.get(i).flag().id());
            }
        }
        return stored;
    }

    private synchronized List<Flag> takePending() {
        List<Flag> left = List.copyOf(pending);
        pending.clear();
        return left;
    }

    private boolean storeNew(Write write) {
        Flag flag = write.picture().length > 0 && putPicture(write) ? write.flag().withPicture() : write.flag();
        try {
            putFlag(flag);
            return true;
        } catch (SdkException e) {
            refused.accept(flag, e);
            keep(flag);
            return false;
        }
    }

    /// Stops at the first refusal: each costs up to three seconds of the caller's time, and the rest would be refused too.
    private void storeAgain(List<Flag> left) {
        for (int i = 0; i < left.size(); i++) {
            try {
                putFlag(left.get(i));
            } catch (SdkException e) {
                left.subList(i, left.size()).forEach(this::keep);
                return;
            }
        }
    }

    /// A picture that cannot be kept costs neither the answer nor the flag, which then says that there is none.
    private boolean putPicture(Write write) {
        try {
            put(write.flag().pictureKey(), "image/jpeg", write.picture());
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private void putFlag(Flag flag) {
        put(flag.key(), "application/json", (flag.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void put(String key, String type, byte[] bytes) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(bytes));
    }

    private synchronized void keep(Flag flag) {
        if (pending.size() == MOST_PENDING) {
            pending.removeFirst();
        }
        pending.addLast(flag);
    }
}
