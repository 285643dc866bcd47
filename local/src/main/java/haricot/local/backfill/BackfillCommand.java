package haricot.local.backfill;

import haricot.bucket.Run;
import haricot.local.deploy.Account;
import haricot.local.deploy.Stack;
import haricot.local.deploy.StackOptions;
import haricot.local.host.AwsRefusal;
import haricot.local.host.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/// `haricot backfill`: many photos that are in S3 already.
@Command(name = "backfill", description = "Answer all photos below an address in S3, on AWS, chunk by chunk.", footer = {
        "",
        "The stack must know the bucket: deploy --set BackfillBucket=BUCKET. Ctrl-C leaves the run going.", "",
        "Exit status: 0 every chunk is done, 1 some are left, 64 and up the command failed."})
public final class BackfillCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    StackOptions where;

    @Parameters(paramLabel = "s3://BUCKET/PREFIX", arity = "0..1", defaultValue = "", description = "The photos; not with --resume.")
    private String address;

    @Option(names = "--concurrency", paramLabel = "N", defaultValue = "50", description = "Chunks of 100 photos at a time (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--dry-run", description = "Count the photos, print what it would cost, and stop.")
    private boolean dryRun;

    @Option(names = "--versions", description = "Answer the versions that are listed, even if they are replaced meanwhile (deploy --set BackfillVersions=true).")
    private boolean versions;

    @Option(names = "--resume", paramLabel = "RUN", defaultValue = "", description = "Follow a run again, or do what is left of it.")
    private String resume;

    @Override
    public Integer call() {
        where.check();
        if (concurrency < 1 || concurrency > 10_000) {
            throw new Failure("--concurrency is a number from 1 to 10000, not " + concurrency);
        }
        if (resume.isEmpty() == address.isEmpty()) {
            throw new Failure("name the photos, such as s3://my-photos/2019/, or a run with --resume, and not both");
        }
        Optional<PhotosAddress> photos = resume.isEmpty()
                ? Optional.of(PhotosAddress.parse(address))
                : Optional.empty();
        AtomicInteger status = new AtomicInteger();
        Account.use(where.region, where.endpoint, account -> {
            try {
                status.set(photos.isPresent() ? begin(account, photos.get()) : again(account));
            } catch (IOException e) {
                throw new UncheckedIOException("writing the plan", e);
            }
        });
        return status.get();
    }

    private int begin(Account account, PhotosAddress photos) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            Map<String, String> settings = Stack.of(account, where.stack).map(Stack.State::parameters)
                    .orElse(Map.of());
            try (NewRun counted = listed(account, photos)) {
                out.print(told(photos, counted));
                out.print(new BackfillCost(counted.list().objects(), counted.chunks(),
                        Integer.parseInt(settings.getOrDefault("MemorySize", "1769")), concurrency).words());
                out.flush();
            }
            return 0;
        }
        BackfillStack stack = BackfillStack.of(account, where.stack);
        stack.requireReadable(photos, versions);
        try (NewRun planned = listed(account, photos)) {
            out.print(told(photos, planned));
            Run run = planned.keep(account.buckets(), stack);
            return new Follow(account, stack, run, out).from(1, concurrency);
        }
    }

    private NewRun listed(Account account, PhotosAddress photos) throws IOException {
        try {
            NewRun planned = NewRun.list(account.buckets(), photos, versions);
            if (planned.list().objects() == 0) {
                planned.close();
                throw new Failure("there is no object under " + photos);
            }
            return planned;
        } catch (SdkException e) {
            throw AwsRefusal.of(photos.toString(), e);
        }
    }

    private int again(Account account) throws IOException {
        BackfillStack stack = BackfillStack.of(account, where.stack);
        Run run = stack.runs(account.buckets()).find(resume).orElseThrow(
                () -> new Failure("there is no run " + resume + " in s3://" + stack.bucket()));
        return new Follow(account, stack, run, spec.commandLine().getOut()).again(concurrency);
    }

    private static String told(PhotosAddress photos, NewRun planned) {
        PhotoList list = planned.list();
        return String.format(Locale.ENGLISH, "%s: %,d objects, %.1f GB, %,d chunks%s%n", photos, list.objects(),
                list.bytes() / 1e9, planned.chunks(), list.folders() == 0
                        ? ""
                        : String.format(Locale.ENGLISH, " (without %,d that only stand for folders)", list.folders()));
    }
}
