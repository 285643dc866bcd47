package haricot.local.deploy;

import haricot.bucket.Sha256;
import haricot.local.host.Failure;
import haricot.model.OnnxModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a deployment will do.
///
/// @param stack the CloudFormation stack's name
/// @param parameters of the template, all of them, by name; with a release of their own
record Plan(String stack, Template template, Map<String, String> parameters) {
    private static final String RELEASE = "Release";

    /// Later settings win over earlier ones: the template's defaults, what the stack has, what was asked for.
    ///
    /// @throws Failure when a setting is not one of the template's parameters
    static Plan of(String stack, Template template, Map<String, String> present, Map<String, String> asked) {
        asked.keySet().stream().filter(name -> !template.defaults().containsKey(name)).findFirst().ifPresent(name -> {
            throw new Failure("there is no setting " + name + "; there are: "
                    + String.join(", ", new TreeMap<>(template.defaults()).keySet()));
        });
        Map<String, String> parameters = new TreeMap<>(template.defaults());
        present.forEach(parameters::replace);
        parameters.putAll(asked);
        parameters.put(RELEASE, release(template, parameters));
        return new Plan(stack, template, parameters);
    }

    /// A hash that changes with the template and every setting. The zip and the model are among the settings, by their
    /// own hashes.
    private static String release(Template template, Map<String, String> parameters) {
        String settings = new TreeMap<>(parameters).entrySet().stream().filter(each -> !each.getKey().equals(RELEASE))
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
            case "WithMail" -> !parameters.get("AlarmEmail").isEmpty();
            default -> true;
        }).toList();
    }

    /// Settings that differ from the template's defaults.
    Map<String, String> chosen() {
        Map<String, String> chosen = new TreeMap<>(parameters);
        chosen.entrySet().removeAll(template.defaults().entrySet());
        return chosen;
    }
}
