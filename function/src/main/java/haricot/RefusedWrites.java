package haricot;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Writes to S3 that leave nothing there: each is signed, sent and answered as a real one, but says a wrong MD5 of its
/// body, for which S3 refuses it after it has seen all of it.
///
/// S3 asks for permission before it compares, so a bucket that may not be written to is found out too.
final class RefusedWrites implements S3Client {
    /// Of no bytes that are ever written here.
    private static final String WRONG_MD5 = "AAAAAAAAAAAAAAAAAAAAAA==";

    private final S3Client s3;
    private final AtomicReference<S3Exception> denied = new AtomicReference<>();

    RefusedWrites(S3Client s3) {
        this.s3 = s3;
    }

    /// S3's word that this function may not write, if it said so.
    Optional<S3Exception> denied() {
        return Optional.ofNullable(denied.get());
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        try {
            return s3.putObject(harmless(request), body);
        } catch (S3Exception e) {
            if (e.statusCode() == 403) {
                denied.compareAndSet(null, e);
            }
            if (e.statusCode() != 400) {
                throw e;
            }
            return PutObjectResponse.builder().build();
        }
    }

    /// The key is one that no reader looks at, should a store not compare.
    private static PutObjectRequest harmless(PutObjectRequest request) {
        String folder = request.key().substring(0, request.key().indexOf('/'));
        return request.toBuilder().key(folder + "/rehearsal").contentMD5(WRONG_MD5).build();
    }

    @Override
    public String serviceName() {
        return s3.serviceName();
    }

    @Override
    public void close() {
        s3.close();
    }
}
