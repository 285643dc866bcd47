package haricot;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Writes to S3 that leave nothing there: each is signed, sent and answered like a real one, but states a wrong MD5 of
/// its body, so that S3 refuses it after reading all of it.
///
/// S3 asks for permission before it compares, so a bucket that may not be written to is found out too.
final class RefusedWrites implements S3Client {
    /// Not the MD5 of anything that is ever written here.
    private static final String WRONG_MD5 = "AAAAAAAAAAAAAAAAAAAAAA==";

    private final S3Client s3;
    private final AtomicReference<S3Exception> denied = new AtomicReference<>();

    RefusedWrites(S3Client s3) {
        this.s3 = s3;
    }

    /// S3's refusal of permission to write, if there was one.
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

    /// No reader looks at this key, in case a store does not compare.
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
