package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import haricot.local.host.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The steps of traffic as a person asks for them.
class ShiftTest {
    @Command
    static final class Asking {
        @CommandLine.Mixin
        Shift shift;
    }

    @Test
    void whatIsAskedForIsASettingOfTheTemplate() {
        assertEquals(Map.of("Canary", "true", "Traffic", "Canary10Percent30Minutes"), asked("--canary", "10"));
        assertEquals(Map.of("Canary", "true", "Traffic", "Canary10Percent5Minutes"),
                asked("--canary", "10", "--minutes", "5"));
        assertEquals(Map.of("Canary", "true", "Traffic", "Linear10PercentEvery1Minute"),
                asked("--linear", "10", "--minutes", "1"));
        assertEquals(Map.of("Canary", "true", "Traffic", "Linear10PercentEvery3Minutes"), asked("--linear", "10"));
        assertEquals(Map.of("Canary", "false"), asked("--all-at-once"));
        assertEquals(Map.of(), asked());
    }

    @Test
    void theTemplateKnowsEveryStepThatMayBeAskedFor() {
        String template = Template.read(java.nio.file.Path.of(System.getProperty("haricot.root"), "template.yaml"))
                .text();
        for (int minutes : new int[]{5, 10, 15, 30}) {
            assertEquals(1, count(template, asked("--canary", "10", "--minutes", "" + minutes).get("Traffic")));
        }
        for (int minutes : new int[]{1, 2, 3, 10}) {
            assertEquals(1, count(template, asked("--linear", "10", "--minutes", "" + minutes).get("Traffic")));
        }
    }

    private static long count(String template, String step) {
        return template.lines().filter(line -> line.strip().equals("- " + step)).count();
    }

    @Test
    void stepsThatCodeDeployDoesNotKnowAreRefusedWithThoseThatItDoes() {
        assertEquals("CodeDeploy moves 10 percent at a time, here with --minutes 5, 10, 15, 30; not 20 percent with 30",
                refused("--canary", "20"));
        assertEquals("CodeDeploy moves 10 percent at a time, here with --minutes 1, 2, 3, 10; not 10 percent with 5",
                refused("--linear", "10", "--minutes", "5"));
        assertEquals("--minutes belongs to --canary or --linear", refused("--minutes", "5"));
        assertEquals("--canary, --linear and --all-at-once exclude each other",
                refused("--canary", "10", "--all-at-once"));
    }

    private static String refused(String... words) {
        return assertThrows(Failure.class, () -> asked(words)).getMessage();
    }

    private static Map<String, String> asked(String... words) {
        Asking asking = new Asking();
        new CommandLine(asking).parseArgs(words);
        return asking.shift.settings();
    }
}
