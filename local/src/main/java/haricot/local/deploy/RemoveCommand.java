package haricot.local.deploy;

import haricot.local.host.Failure;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// `haricot remove`: takes the API down again.
@Command(name = "remove", description = "Remove the API from your AWS account. The bucket stays unless told otherwise.")
public final class RemoveCommand implements Runnable {
    /// A request's worth of objects.
    private static final int AT_ONCE = 1000;

    @Mixin
    StackOptions where;

    @Option(names = "--delete-bucket", description = "Delete the bucket too: its models, flags, pictures and reports.")
    boolean deleteBucket;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Account.use(where.region, where.endpoint, account -> {
            Stack stack = Deployment.stack(account, where.stack, out);
            String bucket = stack.state().map(state -> state.outputs().getOrDefault("Bucket", ""))
                    .orElseThrow(() -> new Failure("there is no stack " + where.stack + " in " + account.region()));
            out.println("Removes the stack " + where.stack + ":");
            stack.remove();
            if (deleteBucket) {
                out.printf("Deleted the bucket %s with %d objects.%n", bucket, delete(account.buckets(), bucket));
            } else {
                out.println("The bucket " + bucket + " is kept, with all that is in it.");
            }
        });
    }

    private static int delete(S3Client s3, String bucket) {
        int deleted = 0;
        while (true) {
            List<ObjectIdentifier> objects = s3.listObjectsV2(list -> list.bucket(bucket).maxKeys(AT_ONCE)).contents()
                    .stream().map(each -> ObjectIdentifier.builder().key(each.key()).build()).toList();
            if (objects.isEmpty()) {
                s3.deleteBucket(delete -> delete.bucket(bucket));
                return deleted;
            }
            s3.deleteObjects(delete -> delete.bucket(bucket).delete(Delete.builder().objects(objects).build()));
            deleted += objects.size();
        }
    }
}
