package haricot.local.host;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/// `--data`, of every command that uses a bucket on this computer: the same folder for all of them, wherever they are
/// called from.
public final class DataFolder {
    /// The one bucket in it.
    public static final String BUCKET = "haricot";

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:HARICOT_DATA:-${sys:haricot.root:-.}/data}", description = "Folder of the bucket's files (default: $HARICOT_DATA, or data beside the launcher).")
    public Path folder;

    /// Makes the bucket, unless an earlier run left it.
    public static void make(S3Client client) {
        try {
            client.createBucket(create -> create.bucket(BUCKET));
        } catch (BucketAlreadyOwnedByYouException e) {
            // Wanted.
        }
    }

    /// The folder, which need not exist yet.
    public Path folder() {
        return folder;
    }
}
