package haricot.bucket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The bucket as the watcher's side reads and writes it: many small objects at once, up to a limit.
///
/// Whatever S3 refuses surfaces as the SDK's exception.
public final class S3Bucket {
    /// Reads are bound by S3's latency of some 20 ms, so that thirty-two of them keep a core busy parsing.
    private static final int READERS = 32;
    /// Read ahead of what has been handed on: bounds the memory, whatever the number of objects.
    private static final int AHEAD = 256;

    private final S3Client s3;
    private final String bucket;

    public S3Bucket(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// An object's place and size in bytes.
    public record Entry(String key, long size) {}

    /// All objects whose keys begin with this, by key.
    public List<Entry> list(String prefix) {
        List<Entry> entries = new ArrayList<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents()
                .forEach(object -> entries.add(new Entry(object.key(), object.size())));
        entries.sort(Comparator.comparing(Entry::key));
        return entries;
    }

    /// The objects of days: one pass over `<prefix>dt=…/`, which on a quiet bucket is one call however many days.
    public List<Entry> list(String prefix, Window window) {
        String end = prefix + "dt=" + window.to();
        List<Entry> entries = new ArrayList<>();
        for (S3Object object : s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix + "dt=")
                .startAfter(prefix + "dt=" + window.from())).contents()) {
            if (object.key().compareTo(end) >= 0) {
                break;
            }
            entries.add(new Entry(object.key(), object.size()));
        }
        return entries;
    }

    public Optional<byte[]> read(String key) {
        try {
            return Optional.of(s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArrayUnsafe());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /// Reads many objects side by side and hands them on in the order of the keys; empty for one that is gone.
    void each(List<String> keys, BiConsumer<String, Optional<byte[]>> use) {
        if (keys.isEmpty()) {
            return;
        }
        try (ExecutorService readers = Executors.newFixedThreadPool(Math.min(READERS, keys.size()))) {
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

    public void put(String key, String type, byte[] bytes) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(bytes));
    }

    public void delete(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
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
