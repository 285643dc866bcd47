package haricot.local.host;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract held to LocalStack's S3.
@EnabledIf("haricot.local.host.LocalStack#isThere")
final class LocalStackBucketTest extends BucketContract {
    private static S3Client client;

    @BeforeAll
    static void start() {
        client = LocalStack.s3();
        client.createBucket(create -> create.bucket("contract"));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Override
    S3Client s3() {
        return client;
    }

    @Override
    String bucket() {
        return "contract";
    }
}
