package haricot.local.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.s3.S3Client;

/// Hands each test that wants one a bucket of its own, in one embedded S3 for all.
public final class BucketsOfTests implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(BucketsOfTests.class);
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    /// @param name of an empty bucket
    public record Place(S3Client client, String name) {}

    /// Lives as long as the tests of all classes.
    private record Running(EmbeddedS3 s3, S3Client client) implements AutoCloseable {
        static Running start() {
            try {
                // In the build's folder, which a clean build empties.
                EmbeddedS3 s3 = new EmbeddedS3(
                        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "buckets"));
                return new Running(s3, s3.client());
            } catch (IOException e) {
                throw new UncheckedIOException("starting an embedded S3", e);
            }
        }

        @Override
        public void close() {
            client.close();
            s3.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Place.class;
    }

    @Override
    public Place resolveParameter(ParameterContext parameter, ExtensionContext context) {
        S3Client client = context.getRoot().getStore(OURS)
                .computeIfAbsent("s3", name -> Running.start(), Running.class).client();
        String bucket = "field-" + BUCKETS.incrementAndGet();
        client.createBucket(create -> create.bucket(bucket));
        return new Place(client, bucket);
    }
}
