package haricot.local.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What LocalStack's CloudFormation cannot do. Never used on AWS.
///
/// Version 4.14 refuses an update that makes a condition true ("unresolved resource dependencies"), and cannot change an
/// alias or an API in place: it loses them, and calls the update complete. So there every deployment first goes back to
/// the bucket alone, by a template that has nothing else.
///
/// And it transforms the old template again to find out what is there, so that a deployment of the API whose id is made
/// of the time (`AlwaysDeploy`) is not found.
final class LocalStackGaps {
    private static final Pattern SECTION = Pattern.compile("\\S.*");
    private static final Pattern ENTRY = Pattern.compile("  \\w.*");
    private static final Pattern CONDITION = Pattern.compile("    Condition: .*");

    private LocalStackGaps() {}

    /// The template with ids that do not depend on the time, and without the place where Lambda alone unpacks code.
    static String steady(String template) {
        return template.replace("AlwaysDeploy: true", "AlwaysDeploy: false")
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
