package haricot.local.watch;

import haricot.bucket.Claim;
import haricot.bucket.Run;
import haricot.bucket.S3Reviews;
import haricot.bucket.Skipped;
import haricot.bucket.StoredFlag;
import haricot.bucket.Visible;
import haricot.bucket.Window;
import haricot.drift.S3Reports;
import haricot.drift.Words;
import haricot.local.host.Days;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import haricot.local.host.Terminal;
import haricot.local.host.WatchedBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    @Option(names = "--run", paramLabel = "RUN", defaultValue = "", description = "The flags of a run over many pictures instead; its pictures are read where they lie.")
    private String run;

    @Option(names = "--page", negatable = true, description = "Serve the page, or do not (default: only where a person reads the output).")
    private boolean page = Terminal.out();

    @Option(names = "--export", paramLabel = "DIR", description = "Write what people said of these days: DIR/reviews.csv, and the kept pictures in a folder for each label, for training.")
    private Path export;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "With ID LABEL: a note in your own words.")
    private String note;

    @Parameters(arity = "0..2", paramLabel = "ID LABEL", description = "One of the model's labels, other, or cannot-tell.")
    private List<String> said = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (said.size() == 1) {
            throw new Failure("what does the picture of " + said.getFirst() + " show? review ID LABEL");
        }
        Runs.check(run, days);
        if (export != null) {
            return bucket.with(this::export);
        }
        return bucket.with(said.isEmpty() ? this::list : this::say);
    }

    private int say(S3Reports reports) {
        S3Reviews reviews = reports.reviews();
        StoredFlag flag = (run.isEmpty()
                ? reviews.find(said.getFirst())
                : reviews.find(Runs.of(reviews, run), said.getFirst()))
                .orElseThrow(() -> new Failure("there is no flag with the id " + said.getFirst()
                        + (run.isEmpty() ? "" : " in the run " + run)));
        String label = said.getLast();
        if (!flag.labels().contains(label)) {
            throw new Failure("\"" + label + "\" is not one of the labels: " + String.join(", ", flag.labels()));
        }
        reviews.add(flag, label, note);
        spec.commandLine().getOut().println(flag.id() + " shows: " + label);
        return 0;
    }

    private int export(S3Reports reports) {
        S3Reviews reviews = reports.reviews();
        try {
            int pictures = run.isEmpty()
                    ? ReviewExport.write(export, reviews, window(), reviews.flags(window()), new KeptPictures(reviews))
                    : export(reviews, Runs.of(reviews, run));
            spec.commandLine().getOut()
                    .println("Written: " + Here.relative(export.resolve(ReviewExport.LIST)) + ", and "
                            + Words.count(pictures, "picture") + " in folders beside it. forget does not reach them.");
            return 0;
        } catch (IOException e) {
            throw new Failure("cannot write to " + export + ": " + e.getMessage(), e);
        }
    }

    private int export(S3Reviews reviews, Run of) throws IOException {
        Map<String, String> flags = reviews.runs().flags(of);
        return ReviewExport.write(export, reviews, of.window(), flags, Runs.pictures(reviews, of, flags.keySet()));
    }

    private Window window() {
        LocalDate tomorrow = LocalDate.now(bucket.clock()).plusDays(1);
        return days.window().orElse(new Window(tomorrow.minusDays(DAYS), tomorrow));
    }

    private int list(S3Reports reports) {
        S3Reviews reviews = reports.reviews();
        List<Skipped> skipped = new ArrayList<>();
        if (run.isEmpty()) {
            return list(reviews, new KeptPictures(reviews), reviews.waiting(window(), skipped),
                    reviews.claims(window()), skipped);
        }
        Run of = Runs.of(reviews, run);
        List<StoredFlag> waiting = reviews.waiting(of, skipped);
        return list(reviews, Runs.pictures(reviews, of, waiting.stream().map(StoredFlag::id).toList()), waiting,
                Map.of(), skipped);
    }

    private int list(S3Reviews reviews, FlagPictures pictures, List<StoredFlag> waiting,
            Map<String, List<Claim>> claims, List<Skipped> skipped) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(waiting.isEmpty() ? "Nothing is waiting." : waiting.size() + " waiting, strangest first:");
        waiting.forEach(flag -> out.println(line(flag) + placed(pictures.place(flag))
                + claimed(claims.getOrDefault(flag.id(), List.of()))));
        long unseen = waiting.stream().filter(flag -> !pictures.has(flag)).count();
        if (unseen > 0) {
            out.println(Words.count(unseen) + " of them without a picture, so that nobody can tell what they show"
                    + (run.isEmpty()
                            ? ": with KEEP_IMAGES=flagged (on AWS KeepImages=flagged) pictures are kept from then on."
                            : "."));
        }
        claims.forEach((answer, made) -> {
            if (waiting.stream().noneMatch(flag -> flag.id().equals(answer))) {
                out.println(answer + "  no flag" + claimed(made));
            }
        });
        skipped.forEach(one -> out.println(Visible.of("Skipped " + one.key() + ": " + one.why())));
        out.flush();
        if (page && waiting.size() > unseen) {
            serve(reviews, pictures, waiting, claims, out);
        }
        return 0;
    }

    private static String placed(String place) {
        return place.isEmpty() ? "" : "  " + Visible.of(place);
    }

    private static String claimed(List<Claim> claims) {
        return claims.isEmpty()
                ? ""
                : ", a caller claims: "
                        + claims.stream().map(Claim::label).distinct().collect(Collectors.joining(", "));
    }

    private void serve(S3Reviews reviews, FlagPictures pictures, List<StoredFlag> waiting,
            Map<String, List<Claim>> claims, PrintWriter out) {
        try (ReviewPage served = new ReviewPage(reviews, pictures, waiting, claims)) {
            ReviewAddress.of(bucket.folder(), bucket.name()).keep(served.address());
            out.println("Go through them at " + served.address() + " (Ctrl-C stops it).");
            out.flush();
            served.awaitDone();
        } catch (IOException e) {
            throw new UncheckedIOException("serving the review page", e);
        }
    }

    /// Seconds tell nobody anything.
    private static String minute(StoredFlag flag) {
        return flag.time().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private static String line(StoredFlag flag) {
        return String.format(Locale.ENGLISH, "%s  %s  distance %7.2f  score %.3f  %-7s %s%s", flag.id(),
                minute(flag), flag.distance(),
                flag.score(), Visible.of(flag.decision()), Visible.of(String.join(", ", flag.reasons())),
                flag.label().isEmpty() ? "" : " (" + Visible.of(flag.label()) + ")");
    }
}
