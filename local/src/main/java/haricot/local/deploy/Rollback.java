package haricot.local.deploy;

import haricot.local.deploy.Versions.Live;
import haricot.local.deploy.Versions.Version;
import haricot.local.host.Failure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.State;

/// Points the alias at an earlier version.
final class Rollback {
    /// Lambda takes some minutes to make a sleeping version's snapshot again.
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /// As the template's weekly call.
    private static final String HEALTH = """
            {"resource":"/{proxy+}","path":"/v1/health","httpMethod":"GET","headers":{},"pathParameters":{"proxy":"v1/health"},\
            "requestContext":{"stage":"Prod","requestId":"wake"},"body":null,"isBase64Encoded":false}""";

    private final LambdaClient functions;
    private final Versions versions;
    private final Clock clock;
    private final Duration pause;
    private final PrintWriter out;

    /// @param pause between two looks at a version that wakes up
    Rollback(LambdaClient functions, Versions versions, Clock clock, Duration pause, PrintWriter out) {
        this.functions = functions;
        this.versions = versions;
        this.clock = clock;
        this.pause = pause;
        this.out = out;
    }

    /// The version to go back to.
    ///
    /// @param wanted empty for the one before the newest that gets calls
    /// @throws Failure where there is none
    Version target(List<Version> all, Live live, Optional<Integer> wanted) {
        int newest = live.others().keySet().stream().reduce(live.version(), Math::max);
        return all.stream().filter(each -> wanted.map(number -> number == each.number())
                .orElseGet(() -> each.number() < newest)).findFirst()
                .orElseThrow(() -> new Failure(wanted
                        .map(number -> "there is no version " + number + ": haricot versions lists them")
                        .orElseGet(() -> "there is no version before " + newest)));
    }

    /// Moves the alias at once.
    ///
    /// @param live as it was read before the version was chosen
    /// @throws Failure when somebody else has moved it since
    void move(Live live, Version target) {
        wake(target);
        String version = Integer.toString(target.number());
        try {
            functions.updateAlias(update -> update.functionName(versions.function()).name(Versions.ALIAS)
                    .functionVersion(version).revisionId(live.revision())
                    .routingConfig(routing -> routing.additionalVersionWeights(Map.of())));
        } catch (PreconditionFailedException e) {
            throw new Failure("somebody else has changed what answers since this began, so nothing was done: look at"
                    + " haricot versions, and say it again", e);
        }
        out.printf("The alias %s pointed at version %d and points at version %s (%s).%n", Versions.ALIAS,
                live.version(), version, target.model());
        out.flush();
    }

    /// Fourteen days without a call put a version to sleep. A call wakes it, and is itself refused.
    private void wake(Version target) {
        Instant begin = clock.instant();
        boolean called = false;
        while (true) {
            var found = functions.getFunctionConfiguration(ask -> ask.functionName(versions.function())
                    .qualifier(Integer.toString(target.number())));
            if (found.state() == null || found.state() == State.ACTIVE) {
                return;
            }
            if (found.state() == State.FAILED) {
                throw new Failure("version " + target.number() + " cannot start: " + found.stateReason());
            }
            if (found.state() == State.INACTIVE && !called) {
                out.println("Version " + target.number() + " is asleep. Waking it takes some minutes.");
                out.flush();
                call(target);
                called = true;
            }
            if (Duration.between(begin, clock.instant()).compareTo(PATIENCE) > 0) {
                throw new Failure("version " + target.number() + " is still " + found.stateAsString() + " after "
                        + PATIENCE.toMinutes() + " minutes; nothing was changed");
            }
            sleep();
        }
    }

    private void call(Version target) {
        try {
            functions.invoke(ask -> ask.functionName(versions.function())
                    .qualifier(Integer.toString(target.number())).payload(SdkBytes.fromUtf8String(HEALTH)));
        } catch (LambdaException e) {
            // Refused while it wakes; its state says how far it is.
        }
    }

    private void sleep() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted; the alias was not changed", e);
        }
    }
}
