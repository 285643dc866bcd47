package haricot.local.watch;

import haricot.bucket.S3Baselines;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import haricot.drift.Comparison;
import haricot.drift.Level;
import haricot.drift.Report;
import haricot.drift.S3Reports;
import haricot.drift.Words;
import haricot.local.host.Days;
import haricot.local.host.Failure;
import haricot.local.host.WatchedBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `haricot baseline`: these days were good, compare with them.
@Command(name = "baseline", description = "Declare days normal: later reports are compared with them.", footer = {"",
        "The last baseline counts. A week or more that a person has looked at is a good one."})
public final class BaselineCommand implements Callable<Integer> {
    /// A flagged rate of 2 % is then known to within some 2 points (95 %: 0.9 to 4.3 %), which is the change that a
    /// report calls watch. From fewer, the baseline itself would be chance.
    private static final int FEWEST = 300;

    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @Mixin
    Days days;

    @Option(names = "--yes", description = "Declare days normal although their own report says watch or alarm.")
    private boolean sure;

    @Option(names = "--list", description = "List the baselines, the oldest first.")
    private boolean list;

    @Option(names = "--undo", description = "Take the last baseline back: the one before it counts again.")
    private boolean undo;

    @Override
    public Integer call() throws IOException {
        if (list || undo) {
            bucket.with(reports -> list ? list(reports.baselines()) : undo(reports.baselines()));
            return 0;
        }
        Window window = days.window().orElseThrow(() -> new Failure("which days were good? --from DAY --to DAY"));
        bucket.with(reports -> declare(reports, window));
        return 0;
    }

    private boolean declare(S3Reports reports, Window window) {
        Report report = reports.report(window);
        List<Tally> models = enough(report, window);
        warned(report, window).ifPresent(warning -> {
            if (!sure) {
                throw new Failure(
                        warning + " Declared normal, that would no longer be seen. --yes declares it all the same.");
            }
            print(warning + " Declared normal all the same.");
        });
        for (Tally tally : models) {
            String key = reports.callNormal(window, tally);
            print("Normal from now on for " + named(tally) + ": " + took(window, tally) + ".");
            print(key);
        }
        return true;
    }

    private List<Tally> enough(Report report, Window window) {
        if (report.answered() == 0) {
            throw new Failure("nothing was answered from " + window.from() + " to " + window.to() + " (exclusive)");
        }
        List<Tally> tallies = report.models().stream().map(Report.OfModel::tally).toList();
        List<Tally> enough = tallies.stream().filter(tally -> tally.answered() >= FEWEST).toList();
        if (enough.isEmpty()) {
            throw new Failure(Words.count(report.answered(), "answer") + " on " + window.words() + ": a baseline takes "
                    + FEWEST + " of one model, because from fewer its own flagged rate is known no better than the "
                    + "2 points that a report warns of. Take more days.");
        }
        tallies.stream().filter(tally -> tally.answered() > 0 && !enough.contains(tally))
                .forEach(tally -> print("Not for " + named(tally) + ": " + Words.count(tally.answered(), "answer")
                        + ", it takes " + FEWEST + "."));
        return enough;
    }

    /// What the window's own report says against the baseline before it, or the model's own reference.
    private static Optional<String> warned(Report report, Window window) {
        if (report.verdict().compareTo(Level.WATCH) >= 0) {
            return Optional.of("The report of " + window.words() + " says " + report.verdict().word() + ": "
                    + report.sentence());
        }
        return report.models().stream().flatMap(model -> model.comparisons().stream())
                .filter(comparison -> level(comparison).compareTo(Level.WATCH) >= 0).findFirst()
                .map(comparison -> "Against " + comparison.reference().words() + ", " + window.words() + " is "
                        + level(comparison).word() + ".");
    }

    private static Level level(Comparison comparison) {
        return comparison.signals().stream().map(signal -> signal.level()).max(Level::compareTo).orElse(Level.OK);
    }

    private boolean list(S3Baselines baselines) {
        List<S3Baselines.Kept> all = baselines.all();
        Set<Tally.Model> newer = new HashSet<>();
        List<String> lines = all.reversed().stream().map(kept -> (newer.add(kept.baseline().tally().model())
                ? "counts  "
                : "        ") + line(kept)).toList();
        lines.reversed().forEach(this::print);
        if (all.isEmpty()) {
            print("There is no baseline: reports compare with the model's own reference.");
        }
        return true;
    }

    private boolean undo(S3Baselines baselines) {
        List<S3Baselines.Kept> all = baselines.all();
        if (all.isEmpty()) {
            throw new Failure("there is no baseline to take back");
        }
        S3Baselines.Kept last = all.getLast();
        baselines.remove(last);
        print("Taken back: " + line(last));
        print(all.reversed().stream().skip(1)
                .filter(kept -> kept.baseline().tally().model().equals(last.baseline().tally().model())).findFirst()
                .map(kept -> "Now counts: " + line(kept))
                .orElse("Reports of this model now compare with its own reference."));
        return true;
    }

    private static String line(S3Baselines.Kept kept) {
        Tally tally = kept.baseline().tally();
        return named(tally) + ": " + took(new Window(kept.baseline().from(), kept.baseline().to()), tally);
    }

    private static String named(Tally tally) {
        return tally.model().name() + " " + tally.model().version();
    }

    private static String took(Window window, Tally tally) {
        return window.words() + ", " + Words.count(tally.answered(), "answer") + ", "
                + Words.count(tally.flagged()) + " flagged, " + tally.labels().entrySet().stream()
                        .map(label -> label.getKey() + " " + Words.count(label.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
