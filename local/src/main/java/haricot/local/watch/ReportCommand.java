package haricot.local.watch;

import haricot.bucket.Window;
import haricot.drift.Level;
import haricot.drift.Report;
import haricot.drift.S3Reports;
import haricot.drift.page.ReportPage;
import haricot.local.host.Days;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import haricot.local.host.WatchedBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `haricot report`: what arrived, how strange it was, and since when.
@Command(name = "report", description = "Say whether the pictures still look like what is normal here.", exitCodeListHeading = "%nExit status:%n", exitCodeList = {
        "0:ok", "1:watch", "2:alarm",
        "3:too few pictures to tell", "64 and up:no report"}, footer = {"",
                "Without days it judges the last day with answers on this computer, even today; in a bucket on AWS, "
                        + "the last whole day."})
public final class ReportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @Mixin
    Days days;

    @Option(names = "--run", paramLabel = "RUN", defaultValue = "", description = "A run over many pictures instead of days.")
    private String run;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for report.html and report.json (default: reports; none with --json).")
    private Path out;

    @Option(names = "--pictures", paramLabel = "FILE", description = "Also write the page to FILE with the strangest pictures in it, where they were kept. Keep it to yourself: forget does not reach it.")
    private Path pictures;

    @Option(names = "--json", description = "Print the report as JSON instead of its sentence.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Runs.check(run, days);
        if (pictures != null && !run.isEmpty()) {
            throw new Failure(
                    "--pictures shows pictures that were kept, and a run keeps none: review --run shows them");
        }
        if (pictures != null) {
            PicturesPage.refuseFolder(pictures, bucket.folder());
        }
        Report report = bucket.with(this::report);
        PrintWriter print = spec.commandLine().getOut();
        if (json) {
            print.println(new String(report.json(), StandardCharsets.UTF_8));
        } else {
            print.println(report.verdict().word() + ": " + report.sentence());
        }
        if (out != null || !json) {
            Path page = write(report);
            if (!json) {
                print.println("The whole report: " + Here.relative(page));
            }
        }
        if (pictures != null && !json) {
            print.println("With the strangest pictures: " + Here.relative(pictures));
        }
        return status(report.verdict());
    }

    private Report report(S3Reports reports) {
        if (!run.isEmpty()) {
            return reports.report(Runs.of(reports.reviews(), run));
        }
        Report report = reports.report(days.window().orElseGet(() -> usual(reports)));
        if (pictures != null) {
            PicturesPage.write(pictures, report, reports.reviews(),
                    ReviewAddress.of(bucket.folder(), bucket.name()).read());
        }
        return report;
    }

    private Window usual(S3Reports reports) {
        LocalDate today = LocalDate.now(bucket.clock());
        LocalDate yesterday = today.minusDays(1);
        return Window.of(bucket.isHere() ? reports.latestBusyDay(today).orElse(yesterday) : yesterday);
    }

    private Path write(Report report) throws IOException {
        Path folder = Files.createDirectories(out == null ? Path.of("reports") : out);
        Files.write(folder.resolve("report.json"), report.json());
        return Files.writeString(folder.resolve("report.html"), ReportPage.of(report));
    }

    private static int status(Level verdict) {
        return switch (verdict) {
            case OK -> 0;
            case WATCH -> 1;
            case ALARM -> 2;
            case TOO_FEW -> 3;
        };
    }
}
