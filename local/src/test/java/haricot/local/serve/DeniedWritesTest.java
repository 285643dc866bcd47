package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.BadSetting;
import haricot.Environment;
import haricot.Settings;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.local.host.TestModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A role that may read the model and not write is found out by the start: a flag that cannot be stored is too late.
final class DeniedWritesTest {

    @Test
    void aBucketThatMayNotBeWrittenToStopsTheStart(@TempDir Path folder) throws Exception {
        try (EmbeddedS3 embedded = new EmbeddedS3(folder); S3Client client = embedded.client()) {
            client.createBucket(create -> create.bucket("haricot"));
            ModelUpload.Uploaded model = ModelUpload.put(client, "haricot", TestModel.file());
            Settings settings = Settings.from(Map.of("BUCKET", "haricot", "MODEL_NAME", model.name(), "MODEL_VERSION",
                    model.version(), "MODEL_SHA256", model.sha256(), "ORT_DISABLE_TELEMETRY", "1"));
            ReadOnly readOnly = new ReadOnly(client);

            BadSetting refused = assertThrows(BadSetting.class,
                    () -> Environment.unfrozen(settings, readOnly, Clock.systemUTC(), new Random(1)));
            assertTrue(refused.getMessage().startsWith(
                    "BUCKET=haricot: expected a bucket that this function may write flags and tallies to"),
                    refused.getMessage());
        }
    }

    /// What S3 says to a role without `s3:PutObject`; the embedded one knows no roles.
    private static final class ReadOnly extends DelegatingS3Client {
        private ReadOnly(S3Client s3) {
            super(s3);
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            throw S3Exception.builder().statusCode(403).message("not authorized to perform: s3:PutObject").build();
        }
    }
}
