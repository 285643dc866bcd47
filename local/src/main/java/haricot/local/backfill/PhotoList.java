package haricot.local.backfill;

import haricot.bucket.Source;
import java.io.IOException;
import java.util.Objects;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Lists photos once, page by page.
///
/// @param objects how many there are
/// @param bytes of all of them
/// @param folders objects that only stand for a folder: empty, with a slash at the end
record PhotoList(long objects, long bytes, long folders) {

    /// Takes one object after the other.
    @FunctionalInterface
    interface Taker {
        void take(Source source) throws IOException;
    }

    /// @param versions whether to name the version of each, where the bucket keeps them
    static PhotoList of(S3Client s3, PhotosAddress photos, boolean versions, Taker taker) throws IOException {
        PhotoList list = new PhotoList(0, 0, 0);
        if (versions) {
            for (ObjectVersion each : s3.listObjectVersionsPaginator(
                    ask -> ask.bucket(photos.bucket()).prefix(photos.prefix())).versions()) {
                if (Boolean.TRUE.equals(each.isLatest())) {
                    String version = Objects.requireNonNullElse(each.versionId(), "null");
                    list = list.with(photos, each.key(), each.eTag(), version.equals("null") ? "" : version,
                            each.size(), taker);
                }
            }
            return list;
        }
        for (S3Object each : s3.listObjectsV2Paginator(
                ask -> ask.bucket(photos.bucket()).prefix(photos.prefix())).contents()) {
            list = list.with(photos, each.key(), each.eTag(), "", each.size(), taker);
        }
        return list;
    }

    private PhotoList with(PhotosAddress photos, String key, String etag, String version, long size, Taker taker)
            throws IOException {
        if (size == 0 && key.endsWith("/")) {
            return new PhotoList(objects, bytes, folders + 1);
        }
        taker.take(new Source(photos.bucket(), key, etag.replace("\"", ""), version));
        return new PhotoList(objects + 1, bytes + size, folders);
    }
}
