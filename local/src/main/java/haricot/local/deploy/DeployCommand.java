package haricot.local.deploy;

import haricot.local.host.ModelUpload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `haricot deploy`: the API on AWS.
@Command(name = "deploy", description = "Deploy the API to your AWS account, or change what is deployed.", footer = {"",
        "It prints what it will create first, builds the function, and needs an AWS account that is signed in"
                + " (AWS_PROFILE, AWS_REGION), a JDK 25 and Maven, and nothing else. Settings are those of"
                + " template.yaml, for example:",
        "  haricot deploy --set RequireApiKey=true --set AlarmEmail=me@example.org",
        "A later deploy keeps what an earlier one was told, and the model that is there."})
public final class DeployCommand implements Runnable {
    @Mixin
    StackOptions where;

    @Option(names = "--model", paramLabel = "FILE", description = "Model to deploy (default: the one that is deployed; at first model/beans.onnx, beside the launcher).")
    Optional<Path> model = Optional.empty();

    @Mixin
    Shift shift;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A setting of template.yaml; may be repeated.")
    Map<String, String> settings = new TreeMap<>();

    @Option(names = "--zip", paramLabel = "FILE", description = "Deploy this zip instead of building one.")
    Optional<Path> zip = Optional.empty();

    @Option(names = "--dry-run", description = "Print what would be done, and stop.")
    boolean dryRun;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Path root = root();
        Path sources = Path.of(System.getProperty("haricot.build", root.toString()));
        where.check();
        Template template = Template.read(root.resolve("template.yaml"));
        Plan.check(template, settings);
        Map<String, String> asked = new TreeMap<>(settings);
        asked.putAll(shift.settings());
        Path file = model.orElse(root.resolve("model/beans.onnx"));
        Map<String, String> served = Plan.settings(file);
        Account.use(where.region, where.endpoint, account -> {
            Optional<Stack.State> present = Deployment.stack(account, where.stack, out).state();
            Map<String, String> before = present.map(Stack.State::parameters).orElse(Map.of());
            String architecture = settings.getOrDefault("Architecture", before.getOrDefault("Architecture", "x86_64"));
            Zip code = zip.map(Zip::read).orElseGet(() -> Zip.build(root, sources, architecture));
            boolean keeps = model.isEmpty() && !before.getOrDefault("ModelSha256", "").isEmpty();
            if (!keeps) {
                asked.putAll(served);
            }
            asked.put("CodeKey", code.key());
            asked.put("S3PathStyle", Boolean.toString(account.emulated()));
            asked.put("PreviousVersion", new Versions(account.functions(), where.stack).live()
                    .map(live -> Integer.toString(live.version())).orElse("0"));
            Plan plan = Plan.of(where.stack, template, before, asked);
            print(plan, account, before, out);
            if (!dryRun) {
                Deployed deployed = new Deployment(account, Clock.systemUTC(), out).run(plan, bucket -> {
                    code.upload(account.buckets(), bucket);
                    if (!keeps) {
                        ModelUpload.put(account.buckets(), bucket, file);
                    }
                });
                print(deployed, out);
            }
        });
    }

    private static Path root() {
        return Path.of(System.getProperty("haricot.root", "."));
    }

    private static void print(Plan plan, Account account, Map<String, String> before, PrintWriter out) {
        out.printf("%s the stack %s in %s%s:%n", before.isEmpty() ? "Creates" : "Changes", plan.stack(),
                account.region(), account.emulated() ? " of " + account.emulator() : "");
        plan.resources().stream().collect(Collectors.groupingBy(Template.Resource::type, TreeMap::new,
                Collectors.mapping(Template.Resource::id, Collectors.joining(", "))))
                .forEach((type, ids) -> out.printf("  %-34s %s%n", type, ids));
        out.println("with these settings (the others are template.yaml's own):");
        plan.chosen().forEach((name, value) -> out.printf("  %s=%s%n", name, value));
        out.println(plan.modelChange(before));
        plan.trafficChange().ifPresent(out::println);
        out.println("Without requests it costs about two dollars a month by list price: see deployment.md.");
        out.flush();
    }

    static void print(Deployed deployed, PrintWriter out) {
        out.println("Deployed:");
        for (String name : List.of("Bucket", "Version", "ApiId", "ApiKeyId")) {
            if (deployed.outputs().containsKey(name)) {
                out.printf("  %-9s %s%n", name, deployed.outputs().get(name));
            }
        }
        out.println("Page:  " + deployed.address());
        out.println("Try:   " + deployed.curl(root().resolve("model/golden/leaf-rust.png")));
        out.flush();
    }
}
