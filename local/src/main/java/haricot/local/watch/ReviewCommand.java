package haricot.local.watch;

import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
import haricot.bucket.Window;
import haricot.drift.S3Reports;
import haricot.local.host.Failure;
import haricot.local.host.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot review`: a person looks at what was flagged.
@Command(name = "review", description = "List what is waiting for a person, and open a page to go through it.", footer = {
        "",
        "review ID LABEL says what one picture shows, for scripts. The last word counts; earlier ones are kept.",
        "Without days, the last 28 are listed."})
public final class ReviewCommand implements Callable<Integer> {
    private static final int DAYS = 28;

    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @Mixin
    Days days;

    @Option(names = "--page", negatable = true, description = "Serve the page, or do not (default: only where a person reads the output).")
    private boolean page = Terminal.out();

    @Parameters(arity = "0..2", paramLabel = "ID LABEL", description = "One of the model's labels, or other.")
    private List<String> said = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (said.size() == 1) {
            throw new Failure("what does the picture of " + said.getFirst() + " show? review ID LABEL");
        }
        return bucket.with(said.isEmpty() ? this::list : this::say);
    }

    private int say(S3Reports reports) {
        S3Reviews reviews = reports.reviews();
        StoredFlag flag = reviews.find(said.getFirst())
                .orElseThrow(() -> new Failure("there is no flag with the id " + said.getFirst()));
        String label = said.getLast();
        if (!flag.labels().contains(label)) {
            throw new Failure("\"" + label + "\" is not one of the labels: " + String.join(", ", flag.labels()));
        }
        reviews.add(flag, label);
        spec.commandLine().getOut().println(flag.id() + " shows: " + label);
        return 0;
    }

    private int list(S3Reports reports) {
        LocalDate tomorrow = LocalDate.now(bucket.clock()).plusDays(1);
        List<StoredFlag> waiting = reports.reviews()
                .waiting(days.window().orElse(new Window(tomorrow.minusDays(DAYS), tomorrow)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(waiting.isEmpty() ? "Nothing is waiting." : waiting.size() + " waiting, strangest first:");
        waiting.forEach(flag -> out.println(line(flag)));
        out.flush();
        if (page && !waiting.isEmpty()) {
            serve(reports, waiting, out);
        }
        return 0;
    }

    private static void serve(S3Reports reports, List<StoredFlag> waiting, PrintWriter out) {
        try (ReviewPage served = new ReviewPage(reports.reviews(), waiting)) {
            out.println("Go through them at " + served.address() + " (Ctrl-C stops it).");
            out.flush();
            served.awaitDone();
        } catch (IOException e) {
            throw new UncheckedIOException("serving the review page", e);
        }
    }

    private static String line(StoredFlag flag) {
        return String.format(Locale.ENGLISH, "%s  distance %7.2f  score %.3f  %-7s %s%s", flag.id(), flag.distance(),
                flag.score(), flag.decision(), String.join(", ", flag.reasons()),
                flag.label().isEmpty() ? "" : " (" + flag.label() + ")");
    }
}
