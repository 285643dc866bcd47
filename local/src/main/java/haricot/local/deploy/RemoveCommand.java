package haricot.local.deploy;

import haricot.local.host.Failure;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// `haricot remove`: takes the API down again.
@Command(name = "remove", description = "Remove the API from your AWS account. The bucket stays unless told otherwise.", footer = {
        "", "remove --delete-bucket also deletes what an earlier remove has kept.", "",
        "Exit status: 0 nothing is left but what was to be kept, 69 something is, and is named."})
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
        where.check();
        Account.use(where.region, where.endpoint, account -> {
            Stack stack = Deployment.stack(account, where.stack, out);
            boolean there = stack.state().isPresent();
            List<String> buckets = there ? remove(account, stack, out) : stack.bucketsLeft();
            List<String> kept = buckets.stream().filter(bucket -> isThere(account.buckets(), bucket)).toList();
            if (!there && (kept.isEmpty() || !deleteBucket)) {
                throw new Failure("there is no stack " + where.stack + " in " + account.region() + (kept.isEmpty()
                        ? ""
                        : "; remove --delete-bucket deletes what it left: " + String.join(", ", kept)));
            }
            for (String bucket : kept) {
                if (deleteBucket) {
                    out.printf("Deleted the bucket %s with %d objects.%n", bucket, delete(account.buckets(), bucket));
                } else {
                    out.println("The bucket " + bucket + " is kept, with all that is in it.");
                }
            }
        });
    }

    /// @return the buckets that it leaves
    private List<String> remove(Account account, Stack stack, PrintWriter out) {
        List<StackResource> before = stack.resources();
        out.println("Removes the stack " + where.stack + ":");
        if (account.emulated()) {
            LocalStackGaps.emptyBeforeRemoval(stack);
        }
        stack.remove();
        List<String> left = new Leftovers(account).of(before);
        if (!left.isEmpty()) {
            throw new Failure("the stack is gone, but these are still there: " + String.join(", ", left));
        }
        return before.stream().filter(each -> each.resourceType().equals("AWS::S3::Bucket"))
                .map(StackResource::physicalResourceId).toList();
    }

    private static boolean isThere(S3Client s3, String bucket) {
        try {
            s3.headBucket(ask -> ask.bucket(bucket));
            return true;
        } catch (NoSuchBucketException e) {
            return false;
        }
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
