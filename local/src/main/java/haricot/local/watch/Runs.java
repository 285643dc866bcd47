package haricot.local.watch;

import haricot.bucket.Run;
import haricot.bucket.S3Reviews;
import haricot.local.host.Days;
import haricot.local.host.Failure;
import java.util.Collection;
import java.util.List;

/// `--run`, of commands that else ask for days.
final class Runs {
    private Runs() {}

    /// @param run empty where days are asked for
    static void check(String run, Days days) {
        if (!run.isEmpty() && days.window().isPresent()) {
            throw new Failure("--run is about all of a run: without --from and --to");
        }
    }

    /// @throws Failure if there is no such run in this bucket
    static Run of(S3Reviews reviews, String run) {
        return reviews.runs().find(run).orElseThrow(() -> new Failure("there is no run " + run
                + " here: 'backfill' and 'classify --results' print a run's id when they start it"));
    }

    static FlagPictures pictures(S3Reviews reviews, Run run, Collection<String> flags) {
        return new SourcePictures(reviews.runs(), reviews.runs().sources(run, List.copyOf(flags)));
    }
}
