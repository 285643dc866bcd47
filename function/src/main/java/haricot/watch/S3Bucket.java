package haricot.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The bucket as the watcher's side reads and writes it: many small objects at once, and only so many.
///
/// Whatever S3 refuses comes out as the SDK's exception.
final class S3Bucket {
    /// Reads are bound by S3's latency of some 20 ms, so that thirty-two of them keep a core busy parsing.
    private static final int READERS = 32;
    /// Read ahead of what has been handed on: bounds the memory, whatever the number of objects.
    private static final int AHEAD = 256;
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;

    S3Bucket(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// An object's place and size in bytes.
    record Entry(String key, long size) {}

    /// An object's content, and the mark by which a later write can tell that it is still the same.
    record Version(byte[] bytes, String mark) {}

    /// All objects whose keys begin with this, by key.
    List<Entry> list(String prefix) {
        List<Entry> entries = new ArrayList<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents()
                .forEach(object -> entries.add(new Entry(object.key(), object.size())));
        entries.sort(Comparator.comparing(Entry::key));
        return entries;
    }

    Optional<byte[]> read(String key) {
        return readVersion(key).map(Version::bytes);
    }

    Optional<Version> readVersion(String key) {
        try {
            ResponseBytes<GetObjectResponse> object = s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
            return Optional.of(new Version(object.asByteArrayUnsafe(), object.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /// Reads many objects side by side and hands them on in the order of the keys; empty for one that is gone.
    void each(List<String> keys, BiConsumer<String, Optional<byte[]>> use) {
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            for (int from = 0; from < keys.size(); from += AHEAD) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + AHEAD));
                List<Future<Optional<byte[]>>> contents = some.stream().map(key -> readers.submit(() -> read(key)))
                        .toList();
                for (int i = 0; i < some.size(); i++) {
                    use.accept(some.get(i), get(contents.get(i)));
                }
            }
        }
    }

    void put(String key, String type, byte[] bytes) {
        s3.putObject(request(key, type).build(), RequestBody.fromBytes(bytes));
    }

    /// @return false if there is such an object already, which is left as it is
    boolean putNew(String key, String type, byte[] bytes) {
        return putIf(request(key, type).ifNoneMatch("*").build(), bytes);
    }

    /// @param mark of the version that was read
    /// @return false if the object has changed since then
    boolean replace(String key, String type, byte[] bytes, String mark) {
        return putIf(request(key, type).ifMatch(mark).build(), bytes);
    }

    void delete(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    private PutObjectRequest.Builder request(String key, String type) {
        return PutObjectRequest.builder().bucket(bucket).key(key).contentType(type);
    }

    private boolean putIf(PutObjectRequest request, byte[] bytes) {
        try {
            s3.putObject(request, RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<byte[]> get(Future<Optional<byte[]>> content) {
        try {
            return content.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("reading from S3", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading from S3", e);
        }
    }
}
