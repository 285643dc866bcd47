package haricot.local.backfill;

import haricot.bucket.S3Bucket;
import haricot.bucket.S3Runs;
import haricot.bucket.Tally;
import haricot.local.deploy.Account;
import haricot.local.deploy.Stack;
import haricot.local.host.Failure;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/// A stack that has what a backfill needs.
///
/// @param bucket where plans and results go
/// @param machine the ARN of its state machine
/// @param settings of the template
record BackfillStack(String name, String bucket, String machine, Map<String, String> settings) {

    /// @throws Failure if there is none, or it has no backfill
    static BackfillStack of(Account account, String name) {
        Stack.State state = Stack.of(account, name).orElseThrow(() -> new Failure("there is no stack " + name + " in "
                + account.region() + ": './haricot deploy --set BackfillBucket=BUCKET' makes one"));
        String machine = state.outputs().getOrDefault("Backfill", "");
        if (machine.isEmpty()) {
            throw new Failure("the stack " + name
                    + " has no backfill: './haricot deploy --set BackfillBucket=BUCKET' adds it");
        }
        return new BackfillStack(name, state.outputs().get("Bucket"), machine, state.parameters());
    }

    /// @throws Failure if its worker may not read these
    void requireReadable(PhotosAddress photos, boolean versions) {
        photos.requireReadable(name, settings.get("BackfillBucket"), settings.get("BackfillPrefix"));
        if (versions && !settings.get("BackfillVersions").equals("true")) {
            throw new Failure("the stack " + name
                    + " may not read versions: './haricot deploy --set BackfillVersions=true' lets it");
        }
    }

    /// The model that will answer.
    Tally.Model model() {
        return new Tally.Model(settings.get("ModelName"), settings.get("ModelVersion"), settings.get("ModelSha256"));
    }

    S3Runs runs(S3Client s3) {
        return new S3Runs(new S3Bucket(s3, bucket));
    }
}
