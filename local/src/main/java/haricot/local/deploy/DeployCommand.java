package haricot.local.deploy;

import haricot.local.host.ModelUpload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
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
        "It prints what it will create first, builds the function, and needs an AWS account that is signed in (AWS_PROFILE,",
        "AWS_REGION), a JDK 25 and Maven, and nothing else. Settings are those of template.yaml, for example:",
        "  haricot deploy --set RequireApiKey=true --set AlarmEmail=me@example.org",
        "A later deploy keeps what an earlier one was told."})
public final class DeployCommand implements Runnable {
    @Mixin
    StackOptions where;

    @Option(names = "--model", paramLabel = "FILE", defaultValue = "${sys:haricot.root:-.}/model/beans.onnx", description = "Model to deploy (default: model/beans.onnx, beside the launcher).")
    Path model;

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
        Path root = Path.of(System.getProperty("haricot.root", "."));
        Account.use(where.region, where.endpoint, account -> {
            Optional<Stack.State> present = Deployment.stack(account, where.stack, out).state();
            Map<String, String> before = present.map(Stack.State::parameters).orElse(Map.of());
            String architecture = settings.getOrDefault("Architecture", before.getOrDefault("Architecture", "x86_64"));
            Zip code = zip.map(Zip::read).orElseGet(() -> Zip.build(root, architecture));
            Map<String, String> asked = new TreeMap<>(settings);
            asked.putAll(Plan.settings(model));
            asked.put("CodeKey", code.key());
            asked.put("S3PathStyle", Boolean.toString(account.emulated()));
            Plan plan = Plan.of(where.stack, Template.read(root.resolve("template.yaml")), before, asked);
            print(plan, account, present.isPresent(), out);
            if (!dryRun) {
                Deployed deployed = new Deployment(account, Clock.systemUTC(), out).run(plan, bucket -> {
                    code.upload(account.buckets(), bucket);
                    ModelUpload.put(account.buckets(), bucket, model);
                });
                print(deployed, out);
            }
        });
    }

    private static void print(Plan plan, Account account, boolean there, PrintWriter out) {
        out.printf("%s the stack %s in %s%s:%n", there ? "Changes" : "Creates", plan.stack(), account.region(),
                account.emulated() ? " of " + account.emulator() : "");
        plan.resources().stream().collect(Collectors.groupingBy(Template.Resource::type, TreeMap::new,
                Collectors.mapping(Template.Resource::id, Collectors.joining(", "))))
                .forEach((type, ids) -> out.printf("  %-34s %s%n", type, ids));
        out.println("with these settings (the others are template.yaml's own):");
        plan.chosen().forEach((name, value) -> out.printf("  %s=%s%n", name, value));
        out.println("Without requests it costs about two dollars a month by list price: see deployment.md.");
        out.flush();
    }

    static void print(Deployed deployed, PrintWriter out) {
        out.println("Deployed:");
        deployed.outputs().forEach((name, value) -> out.printf("  %-9s %s%n", name, value));
        out.println("Page:  " + deployed.address());
        out.println("Try:   " + deployed.curl());
        out.flush();
    }
}
