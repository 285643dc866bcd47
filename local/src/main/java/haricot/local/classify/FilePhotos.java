package haricot.local.classify;

import haricot.backfill.Obstacle;
import haricot.backfill.Photo;
import haricot.backfill.Photos;
import haricot.bucket.Sha256;
import haricot.bucket.Source;
import haricot.local.host.Pictures.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pictures in folders, each as it was when it was planned. The key is the path as the person named it.
final class FilePhotos implements Photos {
    private static final String UNREAD = "";

    private final Map<String, Path> files = new HashMap<>();

    FilePhotos(List<Picture> pictures) {
        pictures.forEach(picture -> files.put(picture.name(), picture.file()));
    }

    /// A picture as a plan lists it: by the hash of its bytes, or without one if it cannot be read.
    static Source planned(Picture picture) {
        String hash;
        try {
            hash = Files.size(picture.file()) > Photo.MOST_BYTES
                    ? UNREAD
                    : Sha256.hex(Files.readAllBytes(picture.file()));
        } catch (IOException e) {
            hash = UNREAD;
        }
        return new Source(Source.HERE, picture.name(), hash, "");
    }

    @Override
    public Photo read(Source source) {
        Path file = files.get(source.key());
        try {
            Optional<Photo> unread = Photo.unread(Files.size(file));
            return unread.isPresent() ? unread.get() : checked(source, Files.readAllBytes(file));
        } catch (IOException e) {
            return new Photo.Missing(Obstacle.UNREADABLE_FILE, "The file cannot be read: " + e.getMessage());
        }
    }

    private static Photo checked(Source source, byte[] bytes) {
        return Sha256.hex(bytes).equals(source.etag())
                ? new Photo.Bytes(bytes)
                : new Photo.Missing(Obstacle.CHANGED, "It has changed since it was listed.");
    }
}
