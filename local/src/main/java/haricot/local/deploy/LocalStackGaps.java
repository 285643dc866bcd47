package haricot.local.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// What LocalStack's CloudFormation cannot do. Never used on AWS.
///
/// Version 4.14 refuses an update that makes a condition true ("unresolved resource dependencies"), and cannot change an
/// API in place: it loses it, and calls the update complete. So there a deployment that changes more than the function
/// first goes back to the bucket alone, by a template that has nothing else; and so does a removal, which otherwise
/// leaves functions, API and alarms behind.
///
/// It cannot change an alias in place either: it fails where there is one, and deletes the one that it has made. The
/// alias is therefore taken away before an update and made again after it. For that moment nothing answers.
///
/// And it transforms the old template again to find out what is there, so that a deployment of the API whose id is made
/// of the time (`AlwaysDeploy`) is not found.
final class LocalStackGaps {
    private static final Pattern SECTION = Pattern.compile("\\S.*");
    private static final Pattern ENTRY = Pattern.compile("  \\w.*");
    private static final Pattern CONDITION = Pattern.compile("    Condition: .*");

    /// Settings that reach nothing but the function's own environment and description.
    private static final Set<String> OF_THE_FUNCTION = Set.of("Release", "ModelVersion", "ModelSha256",
            "CodeKey", "Rollout", "DailyCap", "LimitedShare", "LimitedHours", "AuditRate", "KeepImages",
            "KeepClientId", "PreviousVersion");

    /// The functions that have one.
    private static final List<String> ALIASED = List.of("-classify", "-backfill");

    private LocalStackGaps() {}

    /// Whether the stack can stay while this plan is carried out.
    static boolean mayStay(Stack stack, Map<String, String> present, Plan plan) {
        return !present.getOrDefault("ModelSha256", "").isEmpty()
                && plan.parameters().entrySet().stream()
                        .allMatch(each -> OF_THE_FUNCTION.contains(each.getKey())
                                || each.getValue().equals(present.get(each.getKey())))
                && stack.template().strip().equals(steady(plan.template().text()).strip());
    }

    /// Changes the stack in place.
    static Stack.State change(Stack stack, LambdaClient functions, Plan plan, Consumer<StackEvent> onFailure) {
        boolean moves = stack.state().map(Stack.State::parameters)
                .filter(before -> before.get("Release").equals(plan.parameters().get("Release"))).isEmpty();
        if (!moves) {
            return stack.apply(steady(plan.template().text()), plan.parameters(), onFailure);
        }
        Map<String, String> answering = new TreeMap<>();
        ALIASED.stream().map(suffix -> plan.stack() + suffix)
                .forEach(name -> alias(functions, name).ifPresent(version -> answering.put(name, version)));
        answering.keySet().forEach(
                name -> functions.deleteAlias(delete -> delete.functionName(name).name(Versions.ALIAS)));
        try {
            Stack.State state = stack.apply(steady(plan.template().text()), plan.parameters(), onFailure);
            answering.replaceAll((name, _) -> newest(functions, name));
            return state;
        } finally {
            answering.forEach((name, version) -> functions.createAlias(
                    create -> create.functionName(name).name(Versions.ALIAS).functionVersion(version)));
        }
    }

    private static Optional<String> alias(LambdaClient functions, String name) {
        try {
            return Optional.of(
                    functions.getAlias(ask -> ask.functionName(name).name(Versions.ALIAS)).functionVersion());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String newest(LambdaClient functions, String name) {
        return functions.listVersionsByFunctionPaginator(ask -> ask.functionName(name)).versions().stream()
                .map(FunctionConfiguration::version).filter(version -> version.matches("\\d+"))
                .max(Comparator.comparingInt(Integer::parseInt)).orElseThrow();
    }

    /// Leaves only the bucket of what is there.
    static void emptyBeforeRemoval(Stack stack) {
        Map<String, String> parameters = new TreeMap<>(stack.state().orElseThrow().parameters());
        parameters.put("ModelSha256", "");
        stack.apply(unconditional(stack.template()), parameters, failed -> {
        });
    }

    /// The template with ids that do not depend on the time, and without the place where Lambda alone unpacks code.
    ///
    /// And with a condition that another model leaves alone: where the parameter of a condition changes, every resource
    /// under it counts as changed.
    static String steady(String template) {
        return template.replace("AlwaysDeploy: true", "AlwaysDeploy: false")
                .replace("Complete: !Not [!Equals [!Ref ModelSha256,", "Complete: !Not [!Equals [!Ref ModelName,")
                // CodeDeploy is pretended there, and the way from the function to alarms that name its version is a circle
                // before SAM has made two resources of it.
                .replaceAll("(?m)^ +Alarms: !If \\[Shifting.*\\R", "")
                .replaceAll(" -Donnxruntime\\.native\\.path=/var/task/[^\\s']+", "");
    }

    /// The template without its conditional resources and outputs.
    static String unconditional(String template) {
        List<String> kept = new ArrayList<>();
        List<String> entry = new ArrayList<>();
        String section = "";
        for (String line : template.lines().toList()) {
            boolean newSection = SECTION.matcher(line).matches();
            if (newSection || ENTRY.matcher(line).matches()) {
                keep(entry, section, kept);
            }
            section = newSection ? line : section;
            entry.add(line);
        }
        keep(entry, section, kept);
        return String.join("\n", kept) + "\n";
    }

    private static void keep(List<String> entry, String section, List<String> kept) {
        boolean conditional = entry.stream().anyMatch(line -> CONDITION.matcher(line).matches());
        if (!conditional || !(section.startsWith("Resources") || section.startsWith("Outputs"))) {
            kept.addAll(entry);
        }
        entry.clear();
    }
}
