package haricot.local.deploy;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// Carries out a plan. The bucket comes first and alone: a version of the function is started while it is published, and
/// a start needs its model.
final class Deployment {
    private final Account account;
    private final Clock clock;
    private final PrintWriter out;

    Deployment(Account account, Clock clock, PrintWriter out) {
        this.account = account;
        this.clock = clock;
        this.out = out;
    }

    /// The stack of a name in this account.
    static Stack stack(Account account, String name, PrintWriter out) {
        return new Stack(account.stacks(), name, Duration.ofMillis(account.emulated() ? 300 : 3000), out);
    }

    /// @param fill puts what the plan names into the bucket of that name
    /// @return what is there, once it has answered a health check and classified a drawn picture
    Deployed run(Plan plan, Consumer<String> fill) {
        StartLog log = new StartLog(account.logs(), plan.stack(), clock.instant(), out);
        Stack stack = stack(account, plan.stack(), out);
        Map<String, String> present = stack.state().map(Stack.State::parameters).orElse(Map.of());
        boolean stays = account.emulated() && LocalStackGaps.mayStay(stack, present, plan);
        String template = account.emulated() ? LocalStackGaps.steady(plan.template().text()) : plan.template().text();
        if (account.emulated() && !stays) {
            stack.apply(LocalStackGaps.unconditional(template), plan.bucketOnly(), log::explain);
        } else if (present.isEmpty()) {
            stack.apply(template, plan.bucketOnly(), log::explain);
        }
        fill.accept(stack.state().orElseThrow().outputs().get("Bucket"));
        out.println("The bucket is filled. Publishing a SnapStart version takes AWS some minutes:");
        out.flush();
        Stack.State state = stays
                ? LocalStackGaps.change(stack, account.functions(), plan, log::explain)
                : stack.apply(template, plan.parameters(), log::explain);
        Deployed deployed = Deployed.of(account, state.outputs());
        new Trial(deployed, log, clock, out).run();
        return deployed;
    }
}
