package haricot.local.backfill;

import haricot.bucket.Day;
import haricot.bucket.Keys;
import haricot.bucket.Run;
import haricot.bucket.S3Runs;
import haricot.bucket.Tally;
import haricot.local.deploy.Account;
import haricot.local.host.Failure;
import haricot.local.host.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A run while it goes on: started, watched until it is over, summed up.
final class Follow {
    private final Account account;
    private final BackfillStack stack;
    private final S3Runs runs;
    private final Run run;
    private final MapRun map;
    private final PrintWriter out;

    Follow(Account account, BackfillStack stack, Run run, PrintWriter out) {
        this.account = account;
        this.stack = stack;
        this.runs = stack.runs(account.buckets());
        this.run = run;
        this.map = new MapRun(account.machines(), stack.machine(), run.run());
        this.out = out;
    }

    /// Starts an attempt whose plan is in the bucket, and watches it.
    ///
    /// @return 0 if every chunk of the run is done, 1 if some are left
    int from(int attempt, int concurrency) {
        map.start(attempt, concurrency);
        out.printf("Run %s, %,d chunks at a time. Ctrl-C leaves it going.%n", run.run(), concurrency);
        out.flush();
        return watch(attempt);
    }

    /// Watches a run that is going on; starts what is left of one that is not.
    int again(int concurrency) throws IOException {
        int last = map.lastAttempt();
        if (last > 0 && !map.state(last).over()) {
            out.println("Run " + run.run() + " is going on. Ctrl-C leaves it so.");
            out.flush();
            return watch(last);
        }
        Set<String> done = new HashSet<>(runs.done(run));
        if (done.size() == run.chunks()) {
            return summary();
        }
        int attempt = last + 1;
        if (attempt > 1) {
            planRest(attempt, done);
        }
        out.printf(Locale.ENGLISH, "%,d of %,d chunks are left.%n", run.chunks() - done.size(), run.chunks());
        return from(attempt, concurrency);
    }

    private void planRest(int attempt, Set<String> done) throws IOException {
        try (PlanFile rest = new PlanFile(Files.createTempFile("haricot-plan", ".json"));
                InputStream whole = account.buckets()
                        .getObject(get -> get.bucket(stack.bucket()).key(Keys.plan(run.run(), 1)))) {
            rest.addRest(whole, done);
            rest.finish(run.run());
            account.buckets().putObject(put -> put.bucket(stack.bucket()).key(Keys.plan(run.run(), attempt))
                    .contentType("application/json"), rest.file());
        } catch (NoSuchKeyException e) {
            throw new Failure("the plan of the run " + run.run() + " is gone from s3://" + stack.bucket(), e);
        }
    }

    private int watch(int attempt) {
        AtomicBoolean detached = new AtomicBoolean(true);
        Stop.first(() -> {
            if (detached.get()) {
                out.println("\nThe run goes on. To follow it again, or to do what is left: ./haricot backfill --resume "
                        + run.run() + " --stack " + stack.name());
                out.flush();
                Stop.finished();
            }
        });
        try {
            return watched(attempt);
        } finally {
            detached.set(false);
        }
    }

    private int watched(int attempt) {
        RunProgress progress = new RunProgress(out, run.objects() / (double) run.chunks());
        while (true) {
            MapRun.State state = map.state(attempt);
            progress.show(state);
            if (state.over()) {
                if (!state.why().isEmpty()) {
                    out.println("It ended as " + state.status() + ": " + state.why());
                }
                return summary();
            }
            try {
                Thread.sleep(Duration.ofMillis(account.emulated() ? 300 : 3000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("interrupted; the run goes on: --resume " + run.run() + " follows it again", e);
            }
        }
    }

    private int summary() {
        List<Tally> totals = runs.counted(run).models().stream().map(Day.OfModel::total).toList();
        Map<String, Long> labels = new TreeMap<>();
        Map<String, Long> errors = new TreeMap<>();
        totals.forEach(total -> {
            total.labels().forEach((label, count) -> labels.merge(label, count, Long::sum));
            total.errors().forEach((code, count) -> errors.merge(code, count, Long::sum));
        });
        long answered = totals.stream().mapToLong(Tally::answered).sum();
        long flagged = totals.stream().mapToLong(Tally::flagged).sum();
        long unreadable = errors.values().stream().mapToLong(Long::longValue).sum();
        int left = run.chunks() - runs.done(run).size();
        out.printf(Locale.ENGLISH, "%,d of %,d objects: %,d answered, %,d of them flagged; %,d without an answer%s.%n",
                answered + unreadable, run.objects(), answered, flagged, unreadable, listed(errors));
        out.println("Labels" + listed(labels) + ".");
        if (left > 0) {
            out.printf(Locale.ENGLISH, "%,d chunks are left: ./haricot backfill --resume %s --stack %s%n", left,
                    run.run(), stack.name());
        }
        out.printf("Results: s3://%s/results/run=%s/. Next:%n  ./haricot report --run %s --bucket %s%n"
                + "  ./haricot review --run %s --bucket %s%n", stack.bucket(), run.run(), run.run(), stack.bucket(),
                run.run(), stack.bucket());
        out.flush();
        return left == 0 ? 0 : 1;
    }

    private static String listed(Map<String, Long> counts) {
        StringBuilder words = new StringBuilder();
        counts.forEach((name, count) -> words.append(words.isEmpty() ? " (" : ", ").append(
                String.format(Locale.ENGLISH, "%,d %s", count, name)));
        return words.isEmpty() ? "" : words.append(')').toString();
    }
}
