package haricot.local.watch;

import haricot.local.host.Failure;
import haricot.local.host.WatchedBucket;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot forget`: somebody wants a picture gone.
@Command(name = "forget", description = "Remove the picture, the flag and the claims of an answer.", footer = {"",
        "Counts and reviews stay: they show neither the picture nor who sent it. Files that you exported are yours to remove."})
public final class ForgetCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @Parameters(paramLabel = "ID", description = "The answer's id.")
    private String id;

    @Override
    public Integer call() throws IOException {
        if (!bucket.with(reports -> reports.reviews().forget(id))) {
            throw new Failure("there is no flag with the id " + id
                    + " in the bucket; if a log holds one, 'flags restore' will leave it out");
        }
        spec.commandLine().getOut().println("Forgotten: " + id);
        return 0;
    }
}
