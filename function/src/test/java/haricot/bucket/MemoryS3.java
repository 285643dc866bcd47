package haricot.bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// The calls of S3 that counting makes, in memory: it can refuse, and it remembers the
/// order of the writes. What reads and lists is tested against a real S3 server.
final class MemoryS3 implements S3Client {
    private final Map<String, byte[]> objects = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private boolean refusing;

    void refuse(boolean refuse) {
        refusing = refuse;
    }

    synchronized List<String> writes() {
        return List.copyOf(writes);
    }

    synchronized byte[] object(String key) {
        return objects.get(key);
    }

    @Override
    public synchronized PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        if (refusing) {
            throw SdkClientException.create("refused");
        }
        try (var content = body.contentStreamProvider().newStream()) {
            objects.put(request.key(), content.readAllBytes());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        writes.add(request.key());
        return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
