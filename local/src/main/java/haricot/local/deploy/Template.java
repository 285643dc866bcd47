package haricot.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import haricot.local.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a deployment needs to know of `template.yaml`; CloudFormation reads the rest.
///
/// @param text as it is sent
/// @param defaults of every parameter, by name
/// @param rules for the values of every parameter, by name
/// @param resources in the order of the file
/// @param variables of the function's environment that are settings: their names there, and here
record Template(String text, Map<String, String> defaults, Map<String, Rule> rules, List<Resource> resources,
        Map<String, String> variables) {

    /// @param condition empty where there is none
    record Resource(String id, String type, String condition) {}

    /// @throws Failure when the file cannot be read
    static Template read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new Failure("cannot read the template " + file + ": " + e.getMessage(), e);
        }
    }

    static Template parse(String text) throws IOException {
        JsonNode root = new YAMLMapper().readTree(text);
        Map<String, String> defaults = new TreeMap<>();
        Map<String, Rule> rules = new TreeMap<>();
        root.path("Parameters").properties().forEach(each -> {
            defaults.put(each.getKey(), each.getValue().path("Default").asText());
            rules.put(each.getKey(), Rule.of(each.getValue()));
        });
        List<Resource> resources = root.path("Resources").properties().stream()
                .map(each -> new Resource(each.getKey(), each.getValue().path("Type").asText(),
                        each.getValue().path("Condition").asText("")))
                .toList();
        return new Template(text, Map.copyOf(defaults), Map.copyOf(rules), resources,
                variables(root, defaults.keySet()));
    }

    /// `AUDIT_RATE: !Ref AuditRate`: this parser reads the name alone.
    private static Map<String, String> variables(JsonNode root, Set<String> settings) {
        Map<String, String> variables = new TreeMap<>();
        for (String place : List.of("/Globals/Function", "/Resources/Classify/Properties")) {
            root.at(place + "/Environment/Variables").properties().stream()
                    .filter(each -> settings.contains(each.getValue().asText()))
                    .forEach(each -> variables.put(each.getKey(), each.getValue().asText()));
        }
        return variables;
    }

    /// The settings with which a version of the function was made, as far as its environment tells.
    Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>();
        variables.forEach((variable, setting) -> {
            if (environment.containsKey(variable)) {
                settings.put(setting, environment.get(variable));
            }
        });
        return settings;
    }
}
