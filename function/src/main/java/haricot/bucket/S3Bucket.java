package haricot.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The bucket as the watcher's side reads and writes it: many small objects at once, up to a limit.
///
/// Whatever S3 refuses surfaces as the SDK's exception.
public final class S3Bucket {
    /// Reads are bound by S3's latency of some 20 ms, so that thirty-two of them keep a core busy parsing.
    private static final int READERS = 32;
    /// Read ahead of what has been handed on: bounds the memory, whatever the number of objects.
    private static final int AHEAD = 256;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

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

    /// The folders right below a prefix, each with its slash.
    List<String> folders(String prefix) {
        return s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix).delimiter("/"))
                .commonPrefixes().stream().map(CommonPrefix::prefix).toList();
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

    /// An object as it comes, which the caller closes; empty if there is none. For what is too large for the memory.
    Optional<InputStream> open(String key) {
        try {
            return Optional.of(s3.getObject(request -> request.bucket(bucket).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /// Asks for an object of any bucket as it was when it was listed: if it is another by now, S3 refuses (412).
    public static GetObjectRequest asListed(Source source) {
        GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(source.bucket()).key(source.key())
                .ifMatch("\"" + source.etag() + "\"");
        return (source.versionId().isEmpty() ? request : request.versionId(source.versionId())).build();
    }

    /// Whether any key begins with this.
    boolean any(String prefix) {
        return !s3.listObjectsV2(request -> request.bucket(bucket).prefix(prefix).maxKeys(1)).contents().isEmpty();
    }

    /// An object of any bucket, as it was when it was listed; empty where it is too large.
    Optional<byte[]> photo(Source source, long most) {
        return s3.getObject(asListed(source), (response, in) -> {
            if (response.contentLength() > most) {
                in.abort();
                return Optional.empty();
            }
            return Optional.of(in.readAllBytes());
        });
    }

    /// Whether there is an object under this key.
    boolean holds(String key) {
        try {
            s3.headObject(request -> request.bucket(bucket).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    /// Makes something of the content of an object.
    @FunctionalInterface
    interface Reader {
        /// @throws IOException if it is not what its key says
        void read(String key, byte[] content) throws IOException;
    }

    /// Reads many objects side by side and hands them on in the order of the keys, without those that are gone. What is
    /// no object of this kind is skipped and named, whatever it is.
    void each(List<String> keys, ObjectKind kind, List<Skipped> skipped, Reader use) {
        if (keys.isEmpty()) {
            return;
        }
        try (ExecutorService readers = Executors.newFixedThreadPool(Math.min(READERS, keys.size()))) {
            for (int from = 0; from < keys.size(); from += AHEAD) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + AHEAD));
                List<Future<Content>> contents = some.stream().map(key -> readers.submit(() -> content(key, kind)))
                        .toList();
                for (int i = 0; i < some.size(); i++) {
                    hand(some.get(i), get(contents.get(i)), kind, skipped, use);
                }
            }
        }
    }

    /// What is under a key.
    private sealed interface Content {
        record Found(byte[] bytes) implements Content {}

        record Gone() implements Content {}

        record Unusable(String why) implements Content {}
    }

    private static void hand(String key, Content content, ObjectKind kind, List<Skipped> skipped, Reader use) {
        switch (content) {
            case Content.Found(byte[] bytes) -> {
                try {
                    use.read(key, bytes);
                } catch (IOException e) {
                    skipped.add(Skipped.unreadable(key, kind.word(), e));
                }
            }
            case Content.Unusable(String why) -> skipped.add(new Skipped(key, why));
            case Content.Gone() -> {
                // Somebody removed it since it was listed.
            }
        }
    }

    private Content content(String key, ObjectKind kind) {
        try {
            return s3.getObject(request -> request.bucket(bucket).key(key), (response, in) -> {
                if (response.contentLength() > kind.most()) {
                    in.abort();
                    return new Content.Unusable(
                            "too large for a " + kind.word() + ": " + response.contentLength() + " bytes");
                }
                return new Content.Found(in.readAllBytes());
            });
        } catch (NoSuchKeyException e) {
            return new Content.Gone();
        } catch (InvalidObjectStateException e) {
            return new Content.Unusable("archived, so it cannot be read");
        }
    }

    /// Writes an object where none is yet.
    ///
    /// @return false if there is one, which stays
    boolean putNew(String key, String type, byte[] bytes) {
        try {
            s3.putObject(request -> request.bucket(bucket).key(key).contentType(type).ifNoneMatch("*"),
                    RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    public void put(String key, String type, byte[] bytes) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromBytes(bytes));
    }

    /// The same for a file.
    void put(String key, String type, Path file) {
        s3.putObject(request -> request.bucket(bucket).key(key).contentType(type), RequestBody.fromFile(file));
    }

    public void delete(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    private static Content get(Future<Content> content) {
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
