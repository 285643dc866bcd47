package haricot.local.deploy;

import haricot.bucket.Sha256;
import haricot.local.host.Failure;
import haricot.model.OnnxModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a deployment will do.
///
/// @param stack the CloudFormation stack's name
/// @param parameters of the template, all of them, by name; with a release of their own
record Plan(String stack, Template template, Map<String, String> parameters) {
    private static final String RELEASE = "Release";
    /// What follows from the model, the zip and the place, and would only be wrong if it were asked for.
    private static final Set<String> INTERNAL = Set.of("ModelName", "ModelVersion", "ModelSha256", "CodeKey", RELEASE,
            "S3PathStyle", "Canary", "Traffic", "PreviousVersion");

    /// These say how the traffic moves, not what runs: a change of them alone makes no version.
    private static final Set<String> ON_THE_WAY = Set.of("Canary", "Traffic", "PreviousVersion");

    /// What a person asks for must be a setting of the template that is not found out by the command itself, with a value
    /// that CloudFormation takes.
    ///
    /// @throws Failure with everything that is wrong
    static void check(Template template, Map<String, String> asked) {
        List<String> wrong = new ArrayList<>();
        asked.forEach((name, value) -> {
            Rule rule = template.rules().get(name);
            if (rule == null || INTERNAL.contains(name)) {
                wrong.add("there is no setting " + name + "; there are: " + offered(template));
            } else if (!rule.allows(value)) {
                wrong.add(name + " is " + (value.isEmpty() ? "empty" : value) + ", but must be " + rule.words() + " ("
                        + rule.description() + ")");
            }
        });
        if (!wrong.isEmpty()) {
            throw new Failure(String.join("\n", wrong));
        }
    }

    private static String offered(Template template) {
        return template.rules().keySet().stream().filter(name -> !INTERNAL.contains(name)).sorted()
                .collect(Collectors.joining(", "));
    }

    /// Later settings win over earlier ones: the template's defaults, what the stack has, what was asked for.
    static Plan of(String stack, Template template, Map<String, String> present, Map<String, String> asked) {
        Map<String, String> parameters = new TreeMap<>(template.defaults());
        present.forEach(parameters::replace);
        parameters.putAll(asked);
        parameters.put(RELEASE, release(template, parameters));
        return new Plan(stack, template, parameters);
    }

    /// A hash that changes with the template and every setting. The zip and the model are among the settings, by their
    /// own hashes.
    private static String release(Template template, Map<String, String> parameters) {
        String settings = new TreeMap<>(parameters).entrySet().stream()
                .filter(each -> !each.getKey().equals(RELEASE) && !ON_THE_WAY.contains(each.getKey()))
                .map(each -> each.getKey() + "=" + each.getValue() + "\n").collect(Collectors.joining());
        String whole = settings + Sha256.hex(template.text().getBytes(StandardCharsets.UTF_8)) + "\n";
        return Sha256.hex(whole.getBytes(StandardCharsets.UTF_8));
    }

    /// The settings that name a model.
    ///
    /// @throws BrokenModel when the file breaks the contract of model files
    static Map<String, String> settings(Path model) {
        try (OnnxModel open = OnnxModel.load(model)) {
            return Map.of("ModelName", open.card().name(), "ModelVersion", open.card().version(), "ModelSha256",
                    Sha256.hex(Files.readAllBytes(model)));
        } catch (IOException e) {
            throw new Failure("cannot read the model " + model + ": " + e.getMessage(), e);
        }
    }

    /// The settings of the first pass, which makes only the bucket.
    Map<String, String> bucketOnly() {
        Map<String, String> first = new TreeMap<>(parameters);
        first.put("ModelSha256", "");
        return first;
    }

    /// What will be there.
    List<Template.Resource> resources() {
        return template.resources().stream().filter(each -> switch (each.condition()) {
            case "WithKey" -> parameters.get("RequireApiKey").equals("true");
            case "WithBackfill" -> !parameters.get("BackfillBucket").isEmpty();
            case "WithMail" -> !parameters.get("AlarmEmail").isEmpty();
            case "Shifting" -> parameters.get("Canary").equals("true");
            case "WithDashboard" -> parameters.get("Dashboard").equals("true");
            case "WithAccessLog" -> parameters.get("AccessLog").equals("true");
            default -> true;
        }).toList();
    }

    /// Which model will answer, and which one answered until now.
    ///
    /// @param before settings of the stack, empty where there is none
    String modelChange(Map<String, String> before) {
        String next = parameters.get("ModelName") + " " + parameters.get("ModelVersion");
        if (before.getOrDefault("ModelSha256", "").isEmpty()) {
            return "model " + next;
        }
        if (before.get("ModelSha256").equals(parameters.get("ModelSha256"))) {
            return "model " + next + " stays (--model names another)";
        }
        return before.get("ModelName").equals(parameters.get("ModelName"))
                ? "model " + before.get("ModelVersion") + " → " + parameters.get("ModelVersion") + " ("
                        + parameters.get("ModelName") + ")"
                : "model " + before.get("ModelName") + " " + before.get("ModelVersion") + " → " + next;
    }

    /// How the traffic moves, where that is not at once.
    Optional<String> trafficChange() {
        if (!parameters.getOrDefault("Canary", "false").equals("true")) {
            return Optional.empty();
        }
        return Optional.of(parameters.get("PreviousVersion").equals("0")
                ? "Nothing answers yet, so the first version gets all calls at once."
                : "The traffic moves by " + parameters.get("Traffic") + " and goes back by itself when an alarm of the"
                        + " canary goes off. The two that compare its answers with version "
                        + parameters.get("PreviousVersion") + "'s are silent under 100 pictures a side.");
    }

    /// Settings that differ from the template's defaults.
    Map<String, String> chosen() {
        Map<String, String> chosen = new TreeMap<>(parameters);
        chosen.entrySet().removeAll(template.defaults().entrySet());
        return chosen;
    }
}
