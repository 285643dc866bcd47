package haricot.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command line as such, without any command's work.
final class MainTest {

    @Test
    void aloneItSaysWhatThereIs() {
        Shell.Ran ran = Shell.haricot();
        assertEquals(0, ran.status());
        assertTrue(ran.out().startsWith("Usage: haricot "), ran.out());
        assertTrue(ran.out().contains("serve") && ran.out().contains("classify"), ran.out());
    }

    /// The launcher shows the file without starting Java. `-Dharicot.usage=write` writes it again.
    @Test
    void theLaunchersHelpIsTheCommandLines() throws IOException {
        String usage = Main.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
        Path file = Path.of(System.getProperty("haricot.root"),
                "local/src/main/resources/haricot/local/usage.txt");
        if (System.getProperty("haricot.usage", "").equals("write")) {
            Files.writeString(file, usage);
        }
        assertEquals(usage, Files.readString(file));
    }

    @Test
    void everyHelpFitsOnOneScreen() {
        for (CommandLine command : commands(Main.commandLine())) {
            String usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            String name = command.getCommandSpec().qualifiedName();
            assertTrue(usage.lines().count() <= 40, name + " has " + usage.lines().count() + " lines");
            usage.lines().forEach(line -> assertTrue(line.length() <= 80, name + ": " + line));
            assertTrue(command.getCommandSpec().usageMessage().description().length > 0,
                    name + " says nothing of itself");
        }
    }

    private static List<CommandLine> commands(CommandLine parent) {
        List<CommandLine> all = new ArrayList<>(List.of(parent));
        parent.getSubcommands().values().forEach(child -> all.addAll(commands(child)));
        return all;
    }

    @Test
    void anUnknownWordGetsTheNearest() {
        refuses("haricot: Unknown option: '--porrt=3'\nDid you mean --port?\n'haricot serve --help' shows what there is.\n",
                "serve", "--porrt=3");
        refuses("haricot: Unknown option: '--prot'\nDid you mean --port?\n'haricot serve --help' shows what there is.\n",
                "serve", "--prot");
        refuses("haricot: Unmatched argument at index 0: 'clasify'\nDid you mean classify?\n"
                + "'haricot --help' shows what there is.\n", "clasify");
    }

    @Test
    void anOptionThatIsWrongIsNamed() {
        refuses("haricot: Invalid value for option '--port': 'abc' is not a whole number\n"
                + "'haricot serve --help' shows what there is.\n", "serve", "--port", "abc");
    }

    private static void refuses(String err, Object... words) {
        Shell.Ran ran = Shell.haricot(words);
        assertEquals(err, ran.err());
        assertEquals(64, ran.status());
    }

    @Test
    void aModelFileIsCheckedAndDescribed(@TempDir Path folder) throws IOException {
        Shell.Ran ran = Shell.haricot("model", "check", TestModel.file());
        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().endsWith("may be deployed.\n"), ran.out());
        Shell.Ran broken = Shell.haricot("model", "check", Files.writeString(folder.resolve("no.onnx"), "no model"));
        assertEquals(69, broken.status());
        assertTrue(broken.err().contains(" may not be deployed: it has a fault.\n  file is "), broken.err());
    }

    @Test
    void theVersionIsTheBuilds() {
        assertTrue(Shell.haricot("--version").out().matches("haricot \\d+\\.\\d+\\.\\d+\\R"));
    }

    @Test
    void bashReadsItsCompletion(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("completion"), Shell.haricot("completion").out());
        Process bash = new ProcessBuilder("bash", "-c",
                "source " + script
                        + "; COMP_WORDS=(haricot ser); COMP_CWORD=1; _complete_haricot; echo ${COMPREPLY[@]}")
                .redirectErrorStream(true).start();
        assertEquals("serve\n",
                new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(0, bash.waitFor());
    }
}
