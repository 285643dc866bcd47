package haricot.backfill;

import haricot.bucket.Chunk;
import haricot.bucket.Source;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A bucket of drawn pictures, as somebody's photos lie there.
public final class Photographs {
    private Photographs() {}

    /// The drawn pictures that come with the code, by name.
    public static Map<String, byte[]> drawn() throws IOException {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        Path model = TestModel.drawn("pixel").getParent().getParent();
        for (String folder : List.of("examples", "golden")) {
            try (Stream<Path> files = Files.list(model.resolve(folder))) {
                for (Path file : files.filter(each -> !each.toString().endsWith(".json")).sorted().toList()) {
                    pictures.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return pictures;
    }

    /// Puts them there.
    public static void put(S3Client s3, String bucket, Map<String, byte[]> objects) {
        s3.createBucket(create -> create.bucket(bucket));
        objects.forEach(
                (key, bytes) -> s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(bytes)));
    }

    /// All of them as one chunk, as S3 lists them.
    public static Chunk chunk(S3Client s3, String run, String bucket) {
        List<Source> sources = new ArrayList<>();
        for (S3Object object : s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
            sources.add(new Source(bucket, object.key(), object.eTag().replace("\"", ""), ""));
        }
        return new Chunk(run, Chunk.name(1), bucket, sources);
    }

    /// Every object of a bucket, by key.
    public static Map<String, byte[]> all(S3Client s3, String bucket, String prefix) {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().forEach(object -> objects
                .put(object.key(), s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray()));
        return objects;
    }
}
