package haricot.local.classify;

import haricot.local.host.Failure;
import haricot.local.host.InOrder;
import haricot.local.host.ModelFile;
import haricot.local.host.Pictures;
import haricot.local.host.Pictures.Found;
import haricot.local.host.Pictures.Picture;
import haricot.local.host.Progress;
import haricot.local.host.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot classify`: what the model says about pictures on this computer.
@Command(name = "classify", description = "Classify pictures, with the model here or a deployment.", footer = {"",
        "A folder with one subfolder per label, such as healthy/, also gives the",
        "accuracy and the confusion matrix.", "",
        "Exit status: 0 every picture could be judged, 1 some were rejected or",
        "unreadable, 64 and up the command failed."})
public final class ClassifyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, folders (all pictures below them) or - for standard input.")
    List<Path> paths;

    @Mixin
    ModelFile model;

    @Option(names = "--url", paramLabel = "URL", description = "Ask this deployment (the address of its page) instead of the model here.")
    URI url;

    @Option(names = "--api-key", paramLabel = "KEY", defaultValue = "${env:API_KEY:-}", description = "The deployment's API key (default: $API_KEY).")
    String apiKey;

    @Option(names = "--results", paramLabel = "DIR", description = "Also keep the answers, flags and counts as a run in this data folder, for report and review.")
    Path results;

    @ArgGroup
    Form form = new Form();

    /// At most one of them.
    static final class Form {
        @Option(names = "--json", description = "Print the API's answers, one per line.")
        boolean json;

        @Option(names = "--csv", description = "Print a table for spreadsheets.")
        boolean csv;

        Listing listing() {
            return json ? Listing.JSON : csv ? Listing.CSV : Listing.TABLE;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Found found = Pictures.below(paths);
        if (found.pictures().isEmpty()) {
            throw new Failure("there are no pictures in " + paths.getFirst() + skipped(found.skipped()));
        }
        if (results != null) {
            return run(found);
        }
        try (Classifier classifier = url == null ? new LocalModel(model.file) : new RemoteModel(url, apiKey);
                var answers = new InOrder<>(found.pictures(), classifier.atOnce(),
                        (Picture picture) -> Classified.of(picture, classifier))) {
            return list(found, classifier.labels(), answers);
        }
    }

    /// The same answers, kept as a run.
    private int run(Found found) throws IOException {
        if (url != null) {
            throw new Failure("--results keeps what the model here says: without --url");
        }
        // A file that is named twice is answered once.
        Map<String, Picture> once = new LinkedHashMap<>();
        found.pictures().forEach(picture -> once.put(picture.name(), picture));
        if (once.containsKey("-")) {
            throw new Failure("--results keeps where a picture lies, and standard input is nowhere: name a file");
        }
        String named = paths.stream().map(Path::toString).collect(Collectors.joining(" "));
        Found each = new Found(List.copyOf(once.values()), found.skipped());
        try (FolderRun run = new FolderRun(results, model.file, named, each.pictures(), System.getenv())) {
            int status = list(each, run.labels(), run);
            PrintWriter words = words();
            words.printf("%nKept as run %s. Next:%n  ./haricot report --run %s --data %s%n"
                    + "  ./haricot review --run %s --data %s%n", run.id(), run.id(), results, run.id(), results);
            words.flush();
            return status;
        }
    }

    private static String skipped(int files) {
        return files == 0 ? "" : files == 1 ? " (1 file is no picture)" : " (" + files + " files are no pictures)";
    }

    private int list(Found found, List<String> labels, Iterator<Classified> answers) {
        List<Picture> pictures = found.pictures();
        Listing listing = form.listing();
        Listing.Layout layout = Listing.Layout.of(pictures, labels, Terminal.colours());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err, Terminal.err(), pictures.size());
        Confusion confusion = new Confusion(labels);
        Map<String, Integer> decisions = new TreeMap<>();
        listing.head(out, layout);
        long start = System.nanoTime();
        for (int done = 1; answers.hasNext(); done++) {
            Classified judged = answers.next();
            progress.clear();
            listing.line(out, layout, judged);
            confusion.add(judged);
            decisions.merge(judged.decision(), 1, Integer::sum);
            progress.show(done);
            if (out.checkError() && results == null) {
                // Whoever reads this has seen enough, as in haricot classify … | head
                return 1;
            }
        }
        progress.clear();
        PrintWriter words = words();
        summarise(words, found, System.nanoTime() - start, decisions);
        if (!confusion.isEmpty()) {
            confusion.print(words);
        }
        words.flush();
        return decisions.containsKey("reject") || decisions.containsKey("unreadable") ? 1 : 0;
    }

    /// A script reads what is listed: words for people then go where people look.
    private PrintWriter words() {
        return form.listing() == Listing.TABLE ? spec.commandLine().getOut() : spec.commandLine().getErr();
    }

    private static void summarise(PrintWriter out, Found found, long nanos, Map<String, Integer> decisions) {
        int pictures = found.pictures().size();
        if (pictures > 1 || found.skipped() > 0) {
            StringBuilder counts = new StringBuilder();
            decisions.forEach(
                    (decision, count) -> counts.append(String.format(Locale.ROOT, ", %,d %s", count, decision)));
            out.printf(Locale.ROOT, "%n%,d %s in %.1f s%s%s.%n", pictures, pictures == 1 ? "picture" : "pictures",
                    nanos / 1e9, counts, skipped(found.skipped()));
        }
    }
}
