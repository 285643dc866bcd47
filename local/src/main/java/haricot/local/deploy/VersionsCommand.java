package haricot.local.deploy;

import haricot.local.deploy.Versions.Live;
import haricot.local.deploy.Versions.Version;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `haricot versions`: what has been deployed, and what answers.
@Command(name = "versions", description = "List the deployed versions: model, date, share of the traffic, settings.", footer = {
        "", "Settings are those that differ from template.yaml's own."})
public final class VersionsCommand implements Runnable {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Mixin
    StackOptions where;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Template template = Template.read(Path.of(System.getProperty("haricot.root", "."), "template.yaml"));
        where.check();
        Account.use(where.region, where.endpoint, account -> {
            Versions versions = new Versions(account.functions(), where.stack);
            list(versions.all(), versions.live(), template, out);
        });
    }

    private static void list(List<Version> versions, Optional<Live> live, Template template, PrintWriter out) {
        int wide = versions.stream().mapToInt(each -> each.model().length()).max().orElse(0);
        String row = "%-7s  %-" + Math.max("MODEL".length(), wide) + "s  %-16s  %7s  %s%n";
        out.printf(row, "VERSION", "MODEL", "PUBLISHED (UTC)", "TRAFFIC", "SETTINGS");
        for (Version version : versions) {
            double share = live.map(alias -> alias.share(version.number())).orElse(0.0);
            out.printf(row, version.number(), version.model(), MINUTE.format(version.published()),
                    share == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * share),
                    settings(version, template));
        }
        out.flush();
    }

    private static String settings(Version version, Template template) {
        Map<String, String> settings = template.settings(version.variables());
        settings.keySet().removeIf(name -> name.startsWith("Model") || name.equals("S3PathStyle"));
        settings.entrySet().removeAll(template.defaults().entrySet());
        return settings.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }
}
