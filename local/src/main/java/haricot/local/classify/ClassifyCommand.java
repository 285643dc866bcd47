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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
        try (Classifier classifier = url == null ? new LocalModel(model.file) : new RemoteModel(url, apiKey)) {
            return list(found, classifier);
        }
    }

    private static String skipped(int files) {
        return files == 0 ? "" : files == 1 ? " (1 file is no picture)" : " (" + files + " files are no pictures)";
    }

    private int list(Found found, Classifier classifier) {
        List<Picture> pictures = found.pictures();
        Listing listing = form.listing();
        Listing.Layout layout = Listing.Layout.of(pictures, classifier.labels(), Terminal.colours());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err, Terminal.err(), pictures.size());
        Confusion confusion = new Confusion(classifier.labels());
        Map<String, Integer> decisions = new TreeMap<>();
        listing.head(out, layout);
        long start = System.nanoTime();
        try (var answers = new InOrder<>(pictures, classifier.atOnce(),
                (Picture picture) -> Classified.of(picture, classifier))) {
            for (int done = 1; answers.hasNext(); done++) {
                Classified judged = answers.next();
                progress.clear();
                listing.line(out, layout, judged);
                confusion.add(judged);
                decisions.merge(judged.decision(), 1, Integer::sum);
                progress.show(done);
                if (out.checkError()) {
                    // Whoever reads this has seen enough, as in haricot classify … | head
                    return 1;
                }
            }
        }
        progress.clear();
        // A script reads what is listed: words for people then go where people look.
        PrintWriter words = listing == Listing.TABLE ? out : err;
        summarise(words, found, System.nanoTime() - start, decisions);
        if (!confusion.isEmpty()) {
            confusion.print(words);
        }
        words.flush();
        return decisions.containsKey("reject") || decisions.containsKey("unreadable") ? 1 : 0;
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
