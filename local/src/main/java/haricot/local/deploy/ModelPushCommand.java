package haricot.local.deploy;

import haricot.local.host.Failure;
import haricot.local.host.ModelUpload;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot model push`: another model for what is deployed.
@Command(name = "push", description = "Publish a model to the deployed API; its code and settings stay as they are.")
public final class ModelPushCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The model file, with a version of its own in its metadata.")
    Path model;

    @Mixin
    Shift shift;

    @Mixin
    StackOptions where;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Path root = Path.of(System.getProperty("haricot.root", "."));
        where.check();
        Map<String, String> served = Plan.settings(model);
        Account.use(where.region, where.endpoint, account -> {
            Map<String, String> before = Deployment.stack(account, where.stack, out).state()
                    .map(Stack.State::parameters).filter(each -> !each.getOrDefault("CodeKey", "").isEmpty())
                    .orElseThrow(() -> new Failure("there is no stack " + where.stack + " in " + account.region()
                            + ": haricot deploy makes one"));
            Map<String, String> asked = new TreeMap<>(served);
            asked.putAll(shift.settings());
            asked.put("PreviousVersion", new Versions(account.functions(), where.stack).live()
                    .map(live -> Integer.toString(live.version())).orElse("0"));
            Plan plan = Plan.of(where.stack, Template.read(root.resolve("template.yaml")), before, asked);
            out.println("Publishes to the stack " + where.stack + ": " + plan.modelChange(before));
            plan.trafficChange().ifPresent(out::println);
            out.flush();
            Deployed deployed = new Deployment(account, Clock.systemUTC(), out).run(plan,
                    bucket -> ModelUpload.put(account.buckets(), bucket, model));
            DeployCommand.print(deployed, out);
        });
    }
}
