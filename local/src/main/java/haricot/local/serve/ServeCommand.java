package haricot.local.serve;

import haricot.local.host.DataFolder;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import haricot.local.host.ModelFile;
import haricot.local.host.Stop;
import haricot.local.host.Terminal;
import haricot.local.serve.Gateway.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `haricot serve`: the API and its page on this computer.
@Command(name = "serve", description = "Serve the API and its web page on this computer.", footer = {"",
        "The function's settings are read from the environment, as on Lambda:",
        "AUDIT_RATE, KEEP_IMAGES, ROLLOUT and others, see docs/settings.md.",
        "Without --host only this computer can reach it. Ctrl-C stops it."})
public final class ServeCommand implements Callable<Integer> {
    private static final String FIND = "the network's";

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--host", paramLabel = "ADDRESS", arity = "0..1", defaultValue = "", fallbackValue = FIND, description = "Let this network in, as for a phone: at this address of the computer, or at the only one. Every POST then needs a key.")
    String host;

    @Option(names = "--host-name", paramLabel = "NAME", description = "With --host, another name that leads here; may be repeated.")
    List<String> names = List.of();

    @Mixin
    DataFolder data;

    @Mixin
    ModelFile model;

    @Option(names = "--stage", paramLabel = "NAME", defaultValue = "", description = "Answer only below /NAME, as API Gateway does without a custom domain.")
    String stage;

    @Option(names = "--api-key", paramLabel = "KEY", defaultValue = "${env:API_KEY:-}", description = "Ask callers of POST /v1/classify for this key in x-api-key (default: $API_KEY).")
    String apiKey;

    @Option(names = "--environments", paramLabel = "N", description = "Requests worked on at a time (default: one per core, at most 4).")
    int environments = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (environments < 1 || port < 0 || port > 65_535) {
            throw new Failure("--environments is a number from 1 up, --port one from 0 to 65535");
        }
        if (!stage.matches("/?[A-Za-z0-9_-]*/?")) {
            throw new Failure("--stage is a name of letters, digits, - and _, not " + stage);
        }
        Reach reach = reach();
        String key = reach.open() && apiKey.isEmpty() ? newKey() : apiKey;
        PrintStream out = System.out;
        Serving serving = Serving.start(new Serving.Options(data.folder, model.file, environments, System.getenv(),
                new Options(port, stage.replaceAll("^/|/$", ""), key, reach)), out);
        Stop.first(serving::close);
        greet(serving, reach, key, out);
        new CountDownLatch(1).await();
        return 0;
    }

    private Reach reach() {
        if (host.isEmpty()) {
            return Reach.LOOPBACK;
        }
        Reach reach = Reach.at(host.equals(FIND) ? LocalNetwork.address() : host, names);
        if (reach.address().isAnyLocalAddress() && apiKey.isEmpty()) {
            throw new Failure("to listen at every address of this computer it needs a key of yours: set API_KEY");
        }
        return reach;
    }

    private static String newKey() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private void greet(Serving serving, Reach reach, String key, PrintStream out) {
        String header = key.isEmpty() ? "" : " -H \"x-api-key: $API_KEY\"";
        // A key that was given is its giver's to keep; one of ours is nowhere else.
        String page = serving.address() + (key.equals(apiKey) ? "" : "#key=" + key);
        out.println("Haricot serves the model " + serving.model().name() + " " + serving.model().version() + ":");
        out.println("  page    " + page);
        out.println(
                "  try     curl --data-binary @" + picture(serving) + header + " " + serving.address() + "v1/classify");
        out.println("  bucket  " + data.folder.resolve(DataFolder.BUCKET));
        if (reach.open()) {
            out.println("Whoever reaches this address can read the page, and send pictures with the "
                    + (key.equals(apiKey) ? "key" : "key after #key=") + ". They travel unencrypted.");
            out.println("Pictures, flags and the review stay on this computer.");
            out.print(Terminal.out() ? QrCode.of(page, Terminal.colours()) : "");
        }
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    /// A picture that is there, so that the line works as it stands, and that the model accepts: its maker named one after
    /// a label. Where there is none the line shows how it is done.
    private Path picture(Serving serving) {
        Path examples = model.file.resolveSibling("examples");
        return serving.model().labels().stream().map(label -> examples.resolve(label + ".jpg"))
                .filter(Files::isRegularFile).findFirst().map(Here::relative).orElse(Path.of("picture.jpg"));
    }
}
