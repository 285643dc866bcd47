package haricot.bucket;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/// The id of an answer in a run, and its draw for an audit. Both follow from the run and the picture, so that a picture
/// answered twice has one id, one flag and one place in the sample.
///
/// @param id a UUIDv7 with the milliseconds of the run
/// @param draw 64 bits in the place of chance, none of which is in the id
public record RunId(String id, long draw) {

    /// From SHA-256 of the JSON array of run, key, ETag and version.
    ///
    /// @param began when the run did
    public static RunId of(String run, Instant began, Source source) {
        ByteBuffer hash = ByteBuffer
                .wrap(Sha256.of(Json.write(List.of(run, source.key(), source.etag(), source.versionId()))));
        int high = hash.getShort();
        return new RunId(UuidV7.of(began.toEpochMilli(), high, hash.getLong()), hash.getLong());
    }
}
