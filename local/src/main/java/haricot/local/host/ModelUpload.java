package haricot.local.host;

import haricot.bucket.Keys;
import haricot.bucket.Sha256;
import haricot.model.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Puts a model file into a bucket at the key that its own name and version make. A key never changes its bytes: a
/// deployed function may load it at any time.
public final class ModelUpload {
    /// For 15 MB over a slow line; the client's own limits are for flags.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private ModelUpload() {}

    /// A model in a bucket: what the function's settings say about it, and what it can tell apart.
    public record Uploaded(String name, String version, String sha256, List<String> labels) {
        /// Where it is.
        public String key() {
            return Keys.model(name, version);
        }
    }

    /// Uploads, unless the same bytes are there already.
    ///
    /// @throws BrokenModel when the file breaks the contract of model files
    /// @throws Failure when other bytes are at its key, or the file cannot be read
    public static Uploaded put(S3Client s3, String bucket, Path file) {
        try (OnnxModel model = OnnxModel.load(file)) {
            byte[] bytes = Files.readAllBytes(file);
            Uploaded uploaded = new Uploaded(model.card().name(), model.card().version(), Sha256.hex(bytes),
                    model.card().labels());
            putOnce(s3, bucket, uploaded, bytes);
            return uploaded;
        } catch (IOException e) {
            throw new Failure("cannot read the model " + file + ": " + e.getMessage(), e);
        }
    }

    private static void putOnce(S3Client s3, String bucket, Uploaded model, byte[] bytes) {
        try {
            s3.putObject(put -> put.bucket(bucket).key(model.key()).ifNoneMatch("*")
                    .contentType("application/octet-stream").overrideConfiguration(
                            override -> override.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE)),
                    RequestBody.fromBytes(bytes));
        } catch (S3Exception e) {
            if (e.statusCode() != 412) {
                throw e;
            }
            requireSame(s3, bucket, model);
        }
    }

    private static void requireSame(S3Client s3, String bucket, Uploaded model) {
        byte[] there = s3.getObjectAsBytes(get -> get.bucket(bucket).key(model.key()).overrideConfiguration(
                override -> override.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE))).asByteArrayUnsafe();
        String hash = Sha256.hex(there);
        if (!hash.equals(model.sha256())) {
            throw new Failure("the bucket " + bucket + " has another model as version " + model.version() + " of "
                    + model.name() + " (sha256 " + hash.substring(0, 12) + "…, this file "
                    + model.sha256().substring(0, 12) + "…): a version never changes, so export this one with a"
                    + " version of its own");
        }
    }
}
