package haricot.local.classify;

import haricot.local.host.Failure;
import haricot.local.host.Here;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot examples`: photos of bean leaves for who has none.
@Command(name = "examples", description = "Fetch a few photos of bean leaves to try.", footer = {"",
        "They are test photos of the public data set AI-Lab-Makerere/beans, in a folder",
        "for each label: haricot classify examples answers them and counts what is right.",
        "It is the only command that asks a server of somebody else."})
public final class ExamplesCommand implements Callable<Integer> {
    /// As the data set's authors give it.
    private static final String SOURCE = "https://storage.googleapis.com/ibeans/test.zip";
    /// As the public lists of data sets have it.
    private static final String SHA256 = "ca67b15d960d1e2fd9d23fd8498ce86818ead90755c630a43baf19ec4af09312";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST = 20;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = "examples", description = "Where to put them (default: ${DEFAULT-VALUE}).")
    Path folder;

    @Option(names = "--count", paramLabel = "N", defaultValue = "2", description = "Photos of each label, at most 20 (default: ${DEFAULT-VALUE}).")
    int count;

    @Option(names = "--from", paramLabel = "URL", defaultValue = SOURCE, description = "Another place of the same zip, over HTTPS.")
    URI source;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count < 1 || count > MOST) {
            throw new Failure("--count is a number from 1 to " + MOST);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("From     " + source);
        out.println("What     test photos of AI-Lab-Makerere/beans (ibean), by the Makerere AI Lab");
        out.println("Licence  MIT");
        out.println("Size     17.7 MB, of which " + count + " photos a label are kept, about 140 kB each");
        out.flush();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(Redirect.NEVER)
                .build()) {
            keep(new PhotoArchive(client, SHA256).fetch(source, count), out);
        }
        return 0;
    }

    private void keep(List<PhotoArchive.Photo> photos, PrintWriter out) throws IOException {
        for (PhotoArchive.Photo photo : photos) {
            Path file = Files.createDirectories(folder.resolve(photo.label())).resolve(photo.name());
            if (Files.exists(file)) {
                throw new Failure(Here.relative(file) + " is there already: name another folder");
            }
            Files.write(file, photo.jpeg(), StandardOpenOption.CREATE_NEW);
        }
        out.println("Kept " + photos.size() + " photos in " + Here.relative(folder) + ". Try:");
        out.println("  haricot classify " + Here.relative(folder));
        out.flush();
    }
}
