package haricot.bucket;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Writes flags to the bucket before their answers leave.
///
/// A flag that S3 refuses goes to the log before its answer leaves, and is kept here to be written again: beside the
/// next flags, and while later requests are worked on ([#owes], [#catchUp]). Safe for use by several threads.
public final class S3Flags {
    /// What an answer waits for its flags, whatever their number and whatever S3 does. A call of the SDK ends after as
    /// long by itself; a second one, for the picture, or a name that does not resolve, is cut off here.
    public static final Duration PATIENCE = Duration.ofSeconds(3);
    /// A flag is about 1 KB, so this many cost nothing; past it the oldest is left to the log, which has them all.
    static final int MOST_PENDING = 64;

    private final S3Client s3;
    private final String bucket;
    private final Clock clock;
    private final BiConsumer<Flag, RuntimeException> refused;
    private final Deque<Flag> pending = new ArrayDeque<>();
    private final Backoff backoff = new Backoff();

    /// A flag to write.
    ///
    /// @param picture a JPEG to keep under the flag's picture key; empty to keep none
    public record Write(Flag flag, byte[] picture) {}

    /// A flag, and why it is not in S3.
    private record Refusal(Flag flag, RuntimeException cause) {}

    /// @param refused is told once of every flag that S3 refused, before its answer leaves
    public S3Flags(S3Client s3, String bucket, Clock clock, BiConsumer<Flag, RuntimeException> refused) {
        this.s3 = s3;
        this.bucket = bucket;
        this.clock = clock;
        this.refused = refused;
    }

    /// Writes all of these side by side, with what earlier requests left over. Returns when each is in S3 or refused.
    ///
    /// @return the ids of those of `writes` that are in S3
    public Set<String> store(List<Write> writes) {
        if (writes.isEmpty()) {
            return Set.of();
        }
        List<Callable<Optional<Refusal>>> work = new ArrayList<>();
        writes.forEach(write -> work.add(() -> storeNew(write)));
        List<Flag> left = takePending();
        work.add(() -> storeAgain(left));
        List<Future<Optional<Refusal>>> results = sideBySide(work);
        Set<String> stored = new HashSet<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Flag flag = writes.get(i).flag();
            Optional<Refusal> refusal = i < results.size() && results.get(i).state() == Future.State.SUCCESS
                    ? results.get(i).resultNow()
                    : Optional.of(new Refusal(flag, SdkClientException.create("S3 did not answer in time")));
            refusal.ifPresentOrElse(refusals::add, () -> stored.add(flag.id()));
        }
        refusals.forEach(refusal -> refused.accept(refusal.flag(), refusal.cause()));
        tried(refusals.stream().map(Refusal::flag).toList());
        return stored;
    }

    /// Whether there are flags that S3 refused, and it is time to try again.
    public synchronized boolean owes() {
        return !pending.isEmpty() && backoff.over(clock.instant());
    }

    /// Writes the flags that S3 refused, until it refuses again or the thread is interrupted.
    public void catchUp() {
        storeAgain(takePending());
    }

    private synchronized List<Flag> takePending() {
        List<Flag> left = List.copyOf(pending);
        pending.clear();
        return left;
    }

    /// @return nothing if this thread was told to stop
    private static List<Future<Optional<Refusal>>> sideBySide(List<Callable<Optional<Refusal>>> work) {
        ExecutorService side = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return side.invokeAll(work, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            side.shutdownNow();
        }
    }

    private Optional<Refusal> storeNew(Write write) {
        Flag flag = write.picture().length > 0 && putPicture(write) ? write.flag().withPicture() : write.flag();
        try {
            putFlag(flag);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new Refusal(flag, e));
        }
    }

    /// Stops at the first refusal, which the log already knows: the rest would be refused too.
    private Optional<Refusal> storeAgain(List<Flag> left) {
        int stored = 0;
        try {
            for (Flag flag : left) {
                putFlag(flag);
                stored++;
            }
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of(new Refusal(left.get(stored), e));
        } finally {
            if (!left.isEmpty()) {
                tried(left.subList(stored, left.size()));
            }
        }
    }

    /// Keeps what was refused for another time.
    private synchronized void tried(List<Flag> refusedNow) {
        if (refusedNow.isEmpty()) {
            backoff.succeeded();
        } else {
            backoff.failed(clock.instant());
        }
        for (Flag flag : refusedNow) {
            if (pending.size() == MOST_PENDING) {
                pending.removeFirst();
            }
            pending.addLast(flag);
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
}
