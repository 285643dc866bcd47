package haricot.local.watch;

import haricot.bucket.Window;
import haricot.local.host.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `haricot baseline`: these days were good, compare with them.
@Command(name = "baseline", description = "Declare days normal: later reports are compared with them.", footer = {"",
        "The last baseline counts. A week or more that a person has looked at is a good one."})
public final class BaselineCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @Mixin
    Days days;

    @Override
    public Integer call() throws IOException {
        Window window = days.window().orElseThrow(() -> new Failure("which days were good? --from DAY --to DAY"));
        List<String> keys = bucket.with(reports -> reports.callNormal(window));
        if (keys.isEmpty()) {
            throw new Failure("nothing was answered from " + window.from() + " to " + window.to() + " (exclusive)");
        }
        PrintWriter out = spec.commandLine().getOut();
        keys.forEach(out::println);
        return 0;
    }
}
