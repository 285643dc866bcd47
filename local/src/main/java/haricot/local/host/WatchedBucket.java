package haricot.local.host;

import haricot.S3Clients;
import haricot.bucket.UuidV7;
import haricot.drift.S3Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/// `--data` and `--bucket`, of every command that looks after what was answered.
public final class WatchedBucket {
    @Mixin
    public DataFolder data;

    @Option(names = "--bucket", paramLabel = "NAME", defaultValue = "", description = "A bucket on AWS instead of the folder, with the credentials and the region of the AWS tools.")
    String bucket;

    private final Clock clock = Clock.systemUTC();

    /// Whether it is on this computer.
    public boolean isHere() {
        return bucket.isEmpty();
    }

    /// Where the data on this computer lies, whether or not the bucket is here.
    public Path folder() {
        return data.folder();
    }

    /// The bucket on AWS; empty for the one on this computer.
    public String name() {
        return bucket;
    }

    public Clock clock() {
        return clock;
    }

    /// Whether it exists, as far as that can be told without asking AWS.
    public boolean isThere() {
        return !isHere() || Files.isDirectory(data.folder().resolve(DataFolder.BUCKET));
    }

    /// Complains about a bucket that cannot be there.
    ///
    /// @throws Failure if this is no name of one, or there is none on this computer
    public void require() {
        if (!isHere() && !bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new Failure("--bucket is the name of a bucket alone, such as my-bucket, not " + bucket);
        }
        if (!isThere()) {
            throw new Failure("there is no bucket in " + Here.relative(data.folder())
                    + ": './haricot serve' makes one, --data names another folder, --bucket one on AWS");
        }
    }

    /// Opens it, does this, and closes it.
    ///
    /// @throws Failure if there is no such bucket, or S3 refuses
    public <T> T with(Function<S3Reports, T> use) throws IOException {
        require();
        if (!isHere()) {
            boolean pathStyle = System.getenv().getOrDefault("S3_PATH_STYLE", "false").equals("true");
            return with(() -> S3Clients.patient(pathStyle).build(), bucket,
                    refused -> AwsRefusal.of("s3://" + bucket, refused), use);
        }
        try (EmbeddedS3 s3 = new EmbeddedS3(data.folder())) {
            return with(() -> s3.configure(S3Clients.patient(true)).build(), DataFolder.BUCKET, s3::refusal, use);
        }
    }

    /// What makes a client, which may already fail for want of a region.
    @FunctionalInterface
    private interface Client {
        S3Client make();
    }

    private <T> T with(Client client, String name, Function<SdkException, Failure> refusal,
            Function<S3Reports, T> use) {
        try (S3Client s3 = client.make()) {
            return use.apply(new S3Reports(s3, name, clock, new UuidV7(clock, new SecureRandom())::next));
        } catch (SdkException e) {
            throw refusal.apply(e);
        }
    }
}
