package haricot.local.watch;

import haricot.backfill.Photo;
import haricot.bucket.S3Runs;
import haricot.bucket.Sha256;
import haricot.bucket.Source;
import haricot.bucket.StoredFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/// Pictures of a run: nothing of it was copied, so they are read where the run found them, as the person who looks may.
/// One that has changed since is not shown: it is not what was answered.
///
/// @param sources of flags, by id
record SourcePictures(S3Runs runs, Map<String, Source> sources) implements FlagPictures {
    @Override
    public boolean has(StoredFlag flag) {
        return sources.containsKey(flag.id());
    }

    @Override
    public Optional<byte[]> of(StoredFlag flag) {
        Source source = sources.get(flag.id());
        if (source == null) {
            return Optional.empty();
        }
        try {
            return source.bucket().equals(Source.HERE) ? file(source) : runs.photo(source, Photo.MOST_BYTES);
        } catch (SdkException e) {
            // Gone, or not this person's to see: the page says that there is no picture.
            return Optional.empty();
        }
    }

    @Override
    public String place(StoredFlag flag) {
        Source source = sources.get(flag.id());
        if (source == null) {
            return "";
        }
        return source.bucket().equals(Source.HERE) ? source.key() : "s3://" + source.bucket() + "/" + source.key();
    }

    private static Optional<byte[]> file(Source source) {
        try {
            Path file = Path.of(source.key());
            if (Files.size(file) > Photo.MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file)).filter(bytes -> Sha256.hex(bytes).equals(source.etag()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
