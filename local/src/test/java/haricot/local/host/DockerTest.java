package haricot.local.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why the tests on LocalStack are skipped, said within seconds whatever is missing. Docker is a script that answers as
/// Docker does there.
class DockerTest {
    private static final List<String> IMAGES = List.of("stack:1", "reaper:2");

    @TempDir
    private Path folder;

    @Test
    void nothingIsMissing() throws IOException {
        assertEquals(Optional.empty(), lacks("exit 0"));
    }

    @Test
    void withoutDocker() {
        Optional<String> lacks = new Docker(folder.resolve("no-docker").toString(), Duration.ofSeconds(9))
                .lacks(IMAGES);
        assertEquals("Skipped: the tests on LocalStack, because Docker is not installed.",
                LocalStack.line(lacks.orElseThrow()));
    }

    @Test
    void withADockerThatDoesNotRun() throws IOException {
        assertEquals(Optional.of("Docker is installed but does not answer"), lacks("exit 1"));
    }

    @Test
    void withARegistryThatHangs() throws IOException {
        Docker docker = docker("case \"$1 $3\" in", "version*|'image stack:1') exit 0 ;;", "image*) exit 1 ;;",
                "*) exec sleep 60 ;;", "esac");
        assertTimeout(Duration.ofSeconds(5), () -> assertEquals(
                Optional.of("the image reaper:2 is not here, and no registry gives it"), docker.lacks(IMAGES)));
    }

    @Test
    void withARegistryThatHasWhatIsMissing() throws IOException {
        assertEquals(Optional.empty(), lacks("[ \"$1\" != image ]"));
    }

    private Optional<String> lacks(String... script) throws IOException {
        return docker(script).lacks(IMAGES);
    }

    private Docker docker(String... script) throws IOException {
        Path docker = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + String.join("\n", script) + "\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Docker(docker.toString(), Duration.ofSeconds(1));
    }
}
