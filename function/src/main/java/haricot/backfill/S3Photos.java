package haricot.backfill;

import haricot.bucket.S3Bucket;
import haricot.bucket.Source;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Pictures in S3, each as it was when it was listed.
public final class S3Photos implements Photos {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;

    /// @param s3 asks again for a while when S3 is asked too much (503)
    public S3Photos(S3Client s3) {
        this.s3 = s3;
    }

    @Override
    public Photo read(Source source) {
        try {
            return s3.getObject(S3Bucket.asListed(source), (response, in) -> {
                Optional<Photo> unread = Photo.unread(response.contentLength());
                if (unread.isPresent()) {
                    // Closing would read a film to its end.
                    in.abort();
                    return unread.get();
                }
                return new Photo.Bytes(in.readAllBytes());
            });
        } catch (InvalidObjectStateException e) {
            return new Photo.Missing(Obstacle.ARCHIVED, "It is archived: restore it first.");
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case NOT_FOUND -> new Photo.Missing(Obstacle.NOT_FOUND, "It is gone since it was listed.");
                case PRECONDITION_FAILED -> new Photo.Missing(Obstacle.CHANGED, "It has changed since it was listed.");
                case FORBIDDEN -> new Photo.Missing(Obstacle.NO_ACCESS,
                        "S3 gives no access: it is gone, or its bucket or its key does not allow it.");
                default -> throw e;
            };
        }
    }
}
