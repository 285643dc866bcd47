package haricot.local.watch;

import haricot.bucket.LoggedFlag;
import haricot.bucket.S3LostFlags;
import haricot.bucket.Visible;
import haricot.drift.S3Reports;
import haricot.local.host.Failure;
import haricot.local.host.WatchedBucket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot flags restore`: S3 refused flags, and their environment ended before it could write them again.
@Command(name = "restore", description = "Write the flags that a log holds and the bucket lacks.", exitCodeListHeading = "%nExit status:%n", exitCodeList = {
        "0:all of them are in the bucket", "1:some lines could not be used"}, footer = {"",
                "Reads the output of serve, and CloudWatch's log: as 'aws logs tail' or 'aws logs filter-log-events' print",
                "it, or exported to S3 and unpacked, or as CSV from Logs Insights. Lines of anything else are passed over.",
                "What is in the bucket stays as it is, and what was forgotten stays away."})
public final class RestoreCommand implements Callable<Integer> {
    private static final int SOME_UNUSABLE = 1;

    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @Parameters(paramLabel = "FILE", description = "The log, - for the standard input.")
    private String file;

    @Override
    public Integer call() throws IOException {
        try (InputStream in = open();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return bucket.with(reports -> restore(reports, lines));
        }
    }

    private InputStream open() throws IOException {
        if (file.equals("-")) {
            return System.in;
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new Failure("there is no file " + file + " that can be read");
        }
        return Files.newInputStream(path);
    }

    private int restore(S3Reports reports, BufferedReader lines) {
        S3LostFlags lost = reports.lostFlags();
        Map<S3LostFlags.Outcome, Integer> outcomes = new EnumMap<>(S3LostFlags.Outcome.class);
        int unusable = 0;
        try {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    Optional<LoggedFlag> flag = LoggedFlag.of(line);
                    flag.ifPresent(found -> outcomes.merge(lost.restore(found), 1, Integer::sum));
                } catch (IOException e) {
                    unusable++;
                    spec.commandLine().getErr().println("line " + number + ": not a flag: " + Visible.of(firstLine(e)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spec.commandLine().getOut().printf("Restored: %d. Already there: %d. Forgotten: %d.%n",
                outcomes.getOrDefault(S3LostFlags.Outcome.WRITTEN, 0),
                outcomes.getOrDefault(S3LostFlags.Outcome.THERE, 0),
                outcomes.getOrDefault(S3LostFlags.Outcome.FORGOTTEN, 0));
        return unusable == 0 ? 0 : SOME_UNUSABLE;
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
