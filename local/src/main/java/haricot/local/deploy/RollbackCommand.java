package haricot.local.deploy;

import haricot.local.deploy.Versions.Live;
import haricot.local.deploy.Versions.Version;
import haricot.local.host.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot rollback`: back to an earlier version.
@Command(name = "rollback", description = "Let an earlier version answer again.", footer = {"",
        "Without VERSION it is the one before. That takes a second, and changes nothing but what the API calls; the next"
                + " deploy moves on. While a deployment still moves the traffic, it is stopped and undone. Where CodeDeploy"
                + " owns the traffic (deploy --canary, --linear), the old settings are deployed again, which takes some"
                + " minutes."})
public final class RollbackCommand implements Runnable {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "A number that haricot versions lists.")
    Optional<Integer> version = Optional.empty();

    @Mixin
    StackOptions where;

    @Option(names = "--dry-run", description = "Say what would be done, and stop.")
    boolean dryRun;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        where.check();
        Account.use(where.region, where.endpoint, account -> back(account, out));
    }

    private void back(Account account, PrintWriter out) {
        Stack stack = Deployment.stack(account, where.stack, out);
        Stack.State state = stack.state().orElseThrow(
                () -> new Failure("there is no stack " + where.stack + " in " + account.region()));
        Versions versions = new Versions(account.functions(), where.stack);
        List<Version> all = versions.all();
        Live live = versions.live().orElseThrow(() -> new Failure("the function has no alias " + Versions.ALIAS));
        if (stack.isChanging()) {
            out.println("A deployment is moving the traffic: it is stopped, and undone.");
            out.flush();
            if (!dryRun) {
                stack.cancelChange();
                out.println(
                        "Version " + versions.live().map(Live::version).orElseThrow() + " answers everything again.");
            }
            return;
        }
        Rollback rollback = new Rollback(account.functions(), versions, Clock.systemUTC(), PAUSE, out);
        Version target = rollback.target(all, live, version);
        if (target.number() == live.version() && live.others().isEmpty()) {
            out.println("Version " + target.number() + " (" + target.model() + ") answers already.");
            return;
        }
        boolean owned = state.parameters().getOrDefault("Canary", "false").equals("true");
        out.printf("Goes back from version %d to version %d (%s)%s.%n", live.version(), target.number(),
                target.model(), owned ? " through the stack, because CodeDeploy owns its traffic" : "");
        out.flush();
        if (dryRun) {
            return;
        }
        if (owned) {
            deployAgain(account, state, target, out);
        } else {
            rollback.move(live, target);
            Deployed deployed = Deployed.of(account, state.outputs());
            out.println("Now answering: " + new Answering(deployed.address(), Clock.systemUTC()).await(target.model()));
            out.println("The next deploy moves on from here; to stay, deploy with this model and these settings.");
        }
        out.flush();
    }

    /// A version of its own with the old one's zip, model and settings. Moved at once: what it replaces is bad.
    private void deployAgain(Account account, Stack.State state, Version target, PrintWriter out) {
        Template template = Template.read(Path.of(System.getProperty("haricot.root", "."), "template.yaml"));
        Map<String, String> asked = new TreeMap<>(template.settings(target.variables()));
        asked.put("CodeKey", "code/" + target.codeSha256() + ".zip");
        asked.put("MemorySize", Integer.toString(target.memory()));
        asked.put("Canary", "false");
        Plan plan = Plan.of(where.stack, template, state.parameters(), asked);
        DeployCommand.print(new Deployment(account, Clock.systemUTC(), out).run(plan, bucket -> {
        }), out);
    }
}
