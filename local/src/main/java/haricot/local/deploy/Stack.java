package haricot.local.deploy;

import haricot.local.host.Failure;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.StackSummary;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/// One CloudFormation stack: creates, changes and removes it, and waits until that is done.
public final class Stack {
    /// The roles are the stack's own, and the template is SAM's, which CloudFormation expands.
    private static final List<Capability> CAPABILITIES = List.of(Capability.CAPABILITY_IAM,
            Capability.CAPABILITY_AUTO_EXPAND);

    private final CloudFormationClient cloudFormation;
    private final String name;
    private final Duration pause;
    private final PrintWriter out;
    private String lastSeen = "";

    /// @param pause between two checks of how far it is
    Stack(CloudFormationClient cloudFormation, String name, Duration pause, PrintWriter out) {
        this.cloudFormation = cloudFormation;
        this.name = name;
        this.pause = pause;
        this.out = out;
    }

    /// What a stack of this name says about itself; empty when there is none.
    public static Optional<State> of(Account account, String name) {
        return new Stack(account.stacks(), name, Duration.ZERO, new PrintWriter(Writer.nullWriter())).state();
    }

    /// Empty when there is no such stack, or only what is left of one that could not be created.
    Optional<State> state() {
        return describe(name).filter(stack -> !stack.stackStatusAsString().equals("ROLLBACK_COMPLETE"))
                .map(State::of);
    }

    /// @param parameters by name
    /// @param outputs by name
    public record State(Map<String, String> parameters, Map<String, String> outputs) {
        private static State of(software.amazon.awssdk.services.cloudformation.model.Stack stack) {
            Map<String, String> parameters = new TreeMap<>();
            for (Parameter each : stack.parameters()) {
                parameters.put(each.parameterKey(), each.parameterValue());
            }
            Map<String, String> outputs = new TreeMap<>();
            for (Output each : stack.outputs()) {
                outputs.put(each.outputKey(), each.outputValue());
            }
            return new State(parameters, outputs);
        }
    }

    /// Creates the stack or changes it.
    ///
    /// @param onFailure gets what went wrong as soon as it is seen: when all is rolled back, its traces are gone
    /// @throws Failure when CloudFormation could not do it; it has then undone what it did
    State apply(String template, Map<String, String> parameters, Consumer<StackEvent> onFailure) {
        List<Parameter> settings = parameters.entrySet().stream()
                .map(each -> Parameter.builder().parameterKey(each.getKey()).parameterValue(each.getValue()).build())
                .toList();
        Optional<software.amazon.awssdk.services.cloudformation.model.Stack> there = describe(name);
        if (there.isPresent() && there.get().stackStatusAsString().equals("ROLLBACK_COMPLETE")) {
            remove();
            there = Optional.empty();
        }
        there.ifPresent(stack -> newEvents());
        try {
            if (there.isPresent()) {
                cloudFormation.updateStack(update -> update.stackName(name).templateBody(template)
                        .parameters(settings).capabilities(CAPABILITIES));
            } else {
                cloudFormation.createStack(create -> create.stackName(name).templateBody(template)
                        .parameters(settings).capabilities(CAPABILITIES));
            }
        } catch (CloudFormationException e) {
            if (!String.valueOf(e.getMessage()).contains("No updates are to be performed")) {
                throw e;
            }
        }
        String status = await(name, onFailure);
        if (!status.equals("CREATE_COMPLETE") && !status.equals("UPDATE_COMPLETE")) {
            throw new Failure(
                    "the stack " + name + " could not be deployed and is " + status + "; the first FAILED line"
                            + " above says why");
        }
        return state().orElseThrow();
    }

    /// The template as it was sent.
    String template() {
        return cloudFormation.getTemplate(ask -> ask.stackName(name).templateStage(TemplateStage.ORIGINAL))
                .templateBody();
    }

    /// What it is made of.
    List<StackResource> resources() {
        return cloudFormation.describeStackResources(ask -> ask.stackName(name)).stackResources();
    }

    /// Whether CloudFormation is changing it, which includes traffic that is still moving.
    boolean isChanging() {
        return describe(name).filter(stack -> stack.stackStatus() == StackStatus.UPDATE_IN_PROGRESS).isPresent();
    }

    /// Ends a change that is under way and waits until everything is as it was before.
    void cancelChange() {
        newEvents();
        cloudFormation.cancelUpdateStack(ask -> ask.stackName(name));
        String status = await(name, failed -> {
        });
        if (!status.equals("UPDATE_ROLLBACK_COMPLETE")) {
            throw new Failure("the change of the stack " + name + " could not be undone and is " + status);
        }
    }

    /// The buckets that stacks of this name have left, as far as CloudFormation remembers (90 days).
    List<String> bucketsLeft() {
        return cloudFormation.listStacksPaginator(ask -> ask.stackStatusFilters(StackStatus.DELETE_COMPLETE))
                .stackSummaries().stream().filter(each -> each.stackName().equals(name)).map(StackSummary::stackId)
                .flatMap(id -> cloudFormation.describeStackResources(ask -> ask.stackName(id)).stackResources()
                        .stream())
                .filter(each -> each.resourceType().equals("AWS::S3::Bucket"))
                .map(StackResource::physicalResourceId).filter(Objects::nonNull).distinct().toList();
    }

    /// Removes the stack, and leaves what the template says should be kept. Does nothing where there is none.
    void remove() {
        Optional<software.amazon.awssdk.services.cloudformation.model.Stack> there = describe(name);
        if (there.isEmpty()) {
            return;
        }
        newEvents();
        cloudFormation.deleteStack(delete -> delete.stackName(name));
        // By its id a stack can still be described when it is gone.
        String status = await(there.get().stackId(), failed -> {
        });
        if (!status.equals("DELETE_COMPLETE")) {
            throw new Failure("the stack " + name + " could not be removed and is " + status);
        }
    }

    private String await(String stack, Consumer<StackEvent> onFailure) {
        while (true) {
            String status = describe(stack).map(each -> each.stackStatusAsString()).orElse("DELETE_COMPLETE");
            for (StackEvent event : newEvents()) {
                report(event, onFailure);
            }
            if (!status.endsWith("_IN_PROGRESS")) {
                return status;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("stopped waiting; CloudFormation goes on with the stack " + name, e);
            }
        }
    }

    private void report(StackEvent event, Consumer<StackEvent> onFailure) {
        String status = event.resourceStatusAsString();
        String reason = Optional.ofNullable(event.resourceStatusReason()).orElse("");
        if (status.endsWith("_FAILED") && !reason.contains("cancelled")) {
            out.printf("  %s %s: %s%n", status, event.logicalResourceId(), reason);
            onFailure.accept(event);
        } else if (status.endsWith("_COMPLETE")) {
            out.printf("  %-40s %s%n", event.resourceType(), event.logicalResourceId());
        }
        out.flush();
    }

    /// Oldest first, those since the last look.
    private List<StackEvent> newEvents() {
        List<StackEvent> events = new ArrayList<>();
        try {
            for (StackEvent event : cloudFormation.describeStackEventsPaginator(ask -> ask.stackName(name))
                    .stackEvents()) {
                if (event.eventId().equals(lastSeen)) {
                    break;
                }
                events.addFirst(event);
            }
        } catch (CloudFormationException e) {
            requireGone(e);
        }
        if (!events.isEmpty()) {
            lastSeen = events.getLast().eventId();
        }
        return events;
    }

    private Optional<software.amazon.awssdk.services.cloudformation.model.Stack> describe(String stack) {
        try {
            return cloudFormation.describeStacks(ask -> ask.stackName(stack)).stacks().stream().findFirst();
        } catch (CloudFormationException e) {
            requireGone(e);
            return Optional.empty();
        }
    }

    private static void requireGone(CloudFormationException e) {
        if (!String.valueOf(e.getMessage()).contains("does not exist")) {
            throw e;
        }
    }
}
