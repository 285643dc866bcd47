package haricot;

import haricot.bucket.Sha256;
import haricot.model.Goldens;
import haricot.model.OnnxModel;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/// Loads the model that the settings name, and refuses any other.
final class ModelLoader {
    /// A model of 15 MB takes well under a second inside a region. Past this, whoever waits for a start has given up.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final S3Client s3;

    ModelLoader(S3Client s3) {
        this.s3 = s3;
    }

    /// @throws BadSetting when the bucket has no such model, or its bytes are not those that the settings pin
    /// @throws BrokenModel when it breaks the contract, or answers its golden images wrongly
    OnnxModel load(Settings settings) {
        byte[] bytes = fetch(settings);
        String hash = Sha256.hex(bytes);
        if (!hash.equals(settings.modelSha256())) {
            throw new BadSetting("MODEL_SHA256", settings.modelSha256(),
                    "the hash of s3://" + settings.bucket() + "/" + settings.modelKey() + ", which is " + hash);
        }
        OnnxModel model = OnnxModel.of(bytes);
        requireNamed(settings, model);
        Goldens.check(model);
        return model;
    }

    private byte[] fetch(Settings settings) {
        GetObjectRequest request = GetObjectRequest.builder().bucket(settings.bucket()).key(settings.modelKey())
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(PATIENCE).apiCallTimeout(PATIENCE))
                .build();
        try {
            return s3.getObjectAsBytes(request).asByteArrayUnsafe();
        } catch (SdkException e) {
            throw new BadSetting("MODEL_VERSION", settings.modelVersion(), "a model that can be read at s3://"
                    + settings.bucket() + "/" + settings.modelKey() + " (" + e.getMessage() + ")");
        }
    }

    private static void requireNamed(Settings settings, OnnxModel model) {
        if (!model.card().name().equals(settings.modelName())) {
            throw new BadSetting("MODEL_NAME", settings.modelName(), "the model's own name, " + model.card().name());
        }
        if (!model.card().version().equals(settings.modelVersion())) {
            throw new BadSetting("MODEL_VERSION", settings.modelVersion(),
                    "the model's own version, " + model.card().version());
        }
    }
}
