package haricot.local.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a disk that is full, which here is a file system of a few megabytes that only the command sees.
final class FullDiskTest {
    private static final List<String> OWN_DISK = List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            "mount -t tmpfs -o size=4m haricot \"$0\" && exec \"$@\"");

    @TempDir
    private Path folder;

    private record Ended(int status, String said) {}

    @Test
    void serveSaysThatTheModelDoesNotFit() throws Exception {
        Ended ended = onSmallDisk("serve", "--port", "0", "--data", folder, "--model", TestModel.file());
        assertEquals(69, ended.status(), ended.said());
        assertTrue(
                ended.said()
                        .matches("(?s).*haricot: \\S+ cannot be written: \\d MB are left on its disk: --data or .*"),
                ended.said());
        assertFalse(ended.said().contains("Exception"), ended.said());
    }

    private Ended onSmallDisk(Object... words) throws IOException, InterruptedException {
        assumeTrue(run(List.of("true")).status() == 0, "no disk of its own: unshare is refused here");
        List<String> command = new ArrayList<>(
                List.of(Program.JAVA,
                        "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "haricot.local.Main"));
        for (Object word : words) {
            command.add(word.toString());
        }
        return run(command);
    }

    private Ended run(List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(OWN_DISK);
        command.add(folder.toString());
        command.addAll(program);
        try {
            Process process = Program.start(command);
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), said);
        } catch (IOException e) {
            return new Ended(127, e.getMessage());
        }
    }
}
