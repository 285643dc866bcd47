package haricot.local.compare;

import haricot.api.Offline;
import haricot.bucket.Json;
import haricot.bucket.Review;
import haricot.bucket.Sha256;
import haricot.bucket.Skipped;
import haricot.bucket.StoredFlag;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import haricot.drift.S3Reports;
import haricot.local.host.Days;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import haricot.local.host.InOrder;
import haricot.local.host.Pictures;
import haricot.local.host.Progress;
import haricot.local.host.Terminal;
import haricot.local.host.WatchedBucket;
import haricot.model.ModelCard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot compare`: what a new model would change, before it answers anybody.
@Command(name = "compare", description = "Compare a new model with the one that answers, on pictures that callers sent.", footer = {
        "",
        "The live model is the one that wrote the newest flag. Kept pictures are there with KEEP_IMAGES=flagged; what"
                + " people said of them counts as the truth, and so does the folder of a photo that has a label's name."
                + " Without days, the last 28 are compared.",
        "", "Exit status: 0 as good or better, 1 look at it, 2 worse, 64 and up the command failed."})
public final class CompareCommand implements Callable<Integer> {
    private static final int DAYS = 28;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "CANDIDATE", description = "The new model's file.")
    Path candidate;

    @Mixin
    WatchedBucket bucket;

    @Mixin
    Days days;

    @Option(names = "--photos", paramLabel = "DIR", description = "Compare on these pictures too, with one subfolder per label if they have labels.")
    Optional<Path> photos = Optional.empty();

    @Option(names = "--live", paramLabel = "FILE", description = "Compare with this model instead of the live one.")
    Optional<Path> live = Optional.empty();

    @Option(names = "--json", description = "Print the numbers as JSON.")
    boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with the most changed pictures.")
    Optional<Path> html = Optional.empty();

    @Override
    public Integer call() throws IOException {
        // Photos alone need no bucket.
        if (photos.isPresent() && !bucket.isThere()) {
            return compare(List.of(), model -> Optional.empty(), flags -> List.of());
        }
        return bucket.with(this::compare);
    }

    private int compare(S3Reports reports) {
        LocalDate tomorrow = LocalDate.now(bucket.clock()).plusDays(1);
        Window window = days.window().orElse(new Window(tomorrow.minusDays(DAYS), tomorrow));
        List<Skipped> skipped = new ArrayList<>();
        Map<String, String> said = new HashMap<>();
        // Where a person could not tell there is no truth to be right about.
        reports.reviews().reviews(window, skipped).values().stream().filter(Review::telling)
                .forEach(review -> said.put(review.flag(), review.label()));
        List<StoredFlag> flags = reports.reviews().read(reports.reviews().flags(window).values(), skipped);
        skipped.forEach(each -> spec.commandLine().getErr().println("skipped " + each.key() + ": " + each.why()));
        return compare(flags, reports::modelFile, all -> Subject.kept(reports.reviews(), all, said));
    }

    private int compare(List<StoredFlag> flags, Function<Tally.Model, Optional<byte[]>> models,
            Function<List<StoredFlag>, List<Subject>> kept) {
        try {
            byte[] old = liveModel(flags, models);
            byte[] other = Files.readAllBytes(candidate);
            try (Offline before = new Offline(old); Offline after = new Offline(other)) {
                List<Subject> subjects = new ArrayList<>(kept.apply(flags));
                subjects.addAll(photos(before.card(), after.card()));
                if (subjects.isEmpty()) {
                    throw new Failure("there is nothing to compare on: no picture of these days was kept"
                            + " (KEEP_IMAGES=flagged keeps them), and --photos names no folder");
                }
                ModelComparison comparison = ModelComparison.of(named(before), named(after),
                        Sha256.hex(old).equals(Sha256.hex(other)), ask(subjects, before, after));
                tell(comparison, subjects);
                return comparison.outlook().advice().status();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] liveModel(List<StoredFlag> flags, Function<Tally.Model, Optional<byte[]>> models)
            throws IOException {
        if (live.isPresent()) {
            return Files.readAllBytes(live.get());
        }
        Optional<StoredFlag> newest = flags.stream().max(Comparator.comparing(StoredFlag::id));
        if (newest.isEmpty()) {
            throw new Failure("no flag of these days says which model is live: name its file with --live");
        }
        Tally.Model model = newest.get().model();
        return models.apply(model).orElseThrow(() -> new Failure("the bucket does not hold the live model "
                + model.name() + " " + model.version() + ": name its file with --live"));
    }

    private List<Subject> photos(ModelCard before, ModelCard after) throws IOException {
        Set<String> labels = new HashSet<>(before.labels());
        labels.addAll(after.labels());
        return photos.isEmpty() ? List.of() : Subject.photos(Pictures.below(List.of(photos.get())).pictures(), labels);
    }

    /// One picture per core, through one model after the other.
    private List<Pair> ask(List<Subject> subjects, Offline before, Offline after) {
        Progress progress = new Progress(spec.commandLine().getErr(), Terminal.err(), subjects.size());
        List<Pair> pairs = new ArrayList<>();
        try (var answers = new InOrder<Subject, Pair>(subjects, Runtime.getRuntime().availableProcessors(),
                subject -> {
                    byte[] bytes = subject.source().bytes();
                    return new Pair(subject, Answer.of(before.answer(bytes)), Answer.of(after.answer(bytes)));
                })) {
            while (answers.hasNext()) {
                pairs.add(answers.next());
                progress.show(pairs.size());
            }
        }
        progress.clear();
        return pairs;
    }

    private void tell(ModelComparison comparison, List<Subject> subjects) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Json.write(comparison), StandardCharsets.UTF_8));
        } else {
            ComparisonText.print(comparison, out);
        }
        if (html.isPresent()) {
            Set<String> shown = comparison.mostChanged().stream().map(ModelComparison.Changed::name)
                    .collect(Collectors.toSet());
            Map<String, byte[]> pictures = new HashMap<>();
            for (Subject subject : subjects) {
                if (shown.contains(subject.name())) {
                    pictures.put(subject.name(), subject.source().bytes());
                }
            }
            Files.writeString(html.get(), ComparisonPage.of(comparison, pictures));
            if (!json) {
                out.println("The page: " + Here.relative(html.get()));
            }
        }
        out.flush();
    }

    private static String named(Offline model) {
        return model.card().name() + " " + model.card().version();
    }
}
