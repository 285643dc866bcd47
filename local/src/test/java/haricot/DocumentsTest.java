package haricot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import haricot.local.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What can be checked of the documents: that they lead somewhere, and leave out no command and no setting.
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("haricot.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    @Test
    void everyLinkLeadsToAFileAndItsHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
                Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target) || link.group(2) != null && !headings(target).contains(link.group(2))) {
                    dead.add(ROOT.relativize(document) + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), dead);
    }

    @Test
    void everyCommandIsInItsDocument() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/command-line.md"));
        assertEquals(List.of(), Main.commandLine().getSubcommands().keySet().stream()
                .filter(name -> !text.contains("`./haricot " + name)).toList());
    }

    /// Those that the record reads, by the names in its source: Lambda's own are not settings.
    @Test
    void everySettingIsInItsDocument() throws IOException {
        String source = Files.readString(ROOT.resolve("function/src/main/java/haricot/Settings.java"));
        String text = Files.readString(ROOT.resolve("docs/settings.md"));
        assertEquals(List.of(), Pattern.compile("\"([A-Z][A-Z0-9_]+)\"").matcher(source).results()
                .map(name -> name.group(1)).filter(name -> !name.startsWith("AWS_"))
                .filter(name -> !text.contains("`" + name + "`")).toList());
    }

    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("", "docs", "model", "bench", "events")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
            }
        }
        return found;
    }

    /// As GitHub names them in an address.
    private static List<String> headings(Path document) throws IOException {
        return Files.readAllLines(document).stream().filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
