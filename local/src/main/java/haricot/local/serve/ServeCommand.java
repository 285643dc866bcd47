package haricot.local.serve;

import haricot.local.host.DataFolder;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import haricot.local.host.ModelFile;
import haricot.local.serve.Gateway.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `haricot serve`: the API and its page on this computer.
@Command(name = "serve", description = "Serve the API and its web page on this computer.", footer = {"",
        "The function's settings are read from the environment, as on Lambda:",
        "AUDIT_RATE, KEEP_IMAGES, ROLLOUT and others, see the README.",
        "Only this computer can reach it. Ctrl-C stops it."})
public final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port on the loopback interface, 0 for any free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Mixin
    DataFolder data;

    @Mixin
    ModelFile model;

    @Option(names = "--stage", paramLabel = "NAME", defaultValue = "", description = "Answer only below /NAME, as API Gateway does without a custom domain.")
    String stage;

    @Option(names = "--api-key", paramLabel = "KEY", defaultValue = "", description = "Ask callers of POST /v1/classify for this key in x-api-key.")
    String apiKey;

    @Option(names = "--environments", paramLabel = "N", description = "Requests worked on at a time, each with a model of its own (default: one per core, at most 4).")
    int environments = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (environments < 1 || port < 0 || port > 65_535) {
            throw new Failure("--environments is a number from 1 up, --port one from 0 to 65535");
        }
        PrintStream out = System.out;
        CountDownLatch stopped = new CountDownLatch(1);
        Serving.Options options = new Serving.Options(data.folder, model.file, environments, System.getenv(),
                new Options(port, stage.replaceAll("^/|/$", ""), apiKey));
        Serving serving = Serving.start(options, out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            serving.close();
            out.println("Stopped.");
            stopped.countDown();
        }));
        greet(serving, out);
        stopped.await();
        return 0;
    }

    private void greet(Serving serving, PrintStream out) throws IOException {
        String key = apiKey.isEmpty() ? "" : " -H 'x-api-key: " + apiKey + "'";
        out.println("Haricot serves the model " + serving.model().name() + " " + serving.model().version() + ":");
        out.println("  page    " + serving.address());
        out.println("  try     curl --data-binary @" + picture() + key + " " + serving.address() + "v1/classify");
        out.println("  bucket  " + data.folder.resolve(DataFolder.BUCKET));
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    /// A picture that is there, so that the line works as it stands: a leaf that the model's maker drew.
    private Path picture() throws IOException {
        Path drawn = model.file.resolveSibling("golden");
        if (!Files.isDirectory(drawn)) {
            return Path.of("leaf.jpg");
        }
        try (Stream<Path> files = Files.list(drawn)) {
            return files.filter(file -> file.getFileName().toString().matches("leaf.*\\.png")).sorted().findFirst()
                    .map(Here::relative).orElse(Path.of("leaf.jpg"));
        }
    }
}
