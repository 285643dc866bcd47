package haricot.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder of its own, between a JDK and a Maven that only say how they were called.
final class LauncherTest {
    @TempDir
    Path folder;
    private Path root;
    private Path bin;

    private record Ran(int status, String out, String err) {}

    @BeforeEach
    void lay() throws IOException {
        root = Files.createDirectories(folder.resolve("a project"));
        bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of(System.getProperty("haricot.root"), "haricot"), root.resolve("haricot"));
        for (String module : List.of("function", "local")) {
            Files.createDirectories(root.resolve(module + "/src/main"));
            Files.createFile(root.resolve(module + "/pom.xml"));
        }
        Files.createFile(root.resolve("pom.xml"));
        for (String tool : List.of("bash", "env", "dirname", "basename", "readlink", "sed", "find", "head", "cat",
                "touch",
                "mkdir")) {
            script(bin.resolve(tool), "exec " + tool(tool) + " \"$@\"");
        }
    }

    @Test
    void withoutJdk25ItSaysSo() throws Exception {
        addMaven();
        Ran ran = run("serve");
        assertEquals(69, ran.status());
        assertEquals(
                "haricot: Java 25 is missing: install a JDK of version 25 or newer (such as Eclipse Temurin), or set"
                        + " JAVA_HOME to one.\n",
                ran.err());
    }

    @Test
    void anOlderJdkIsNotEnough() throws Exception {
        addMaven();
        addJdk("jdk-21", "21.0.5");
        assertTrue(run("serve").err().startsWith("haricot: Java 25 is missing"));
    }

    @Test
    void withoutMavenItSaysSo() throws Exception {
        addJdk("jdk-25", "25.0.1");
        Ran ran = run("serve");
        assertEquals(69, ran.status());
        assertEquals("haricot: Maven is missing: install it (apt-get install maven, or brew install maven).\n",
                ran.err());
    }

    @Test
    void itBuildsWhatIsNewAndNothingElse() throws Exception {
        addMaven();
        addJdk("jdk-25", "25.0.1");
        assertTrue(run("x").err().startsWith("haricot: building"));
        assertEquals("", run("x").err());
        Path source = Files.createFile(root.resolve("function/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertTrue(run("x").err().startsWith("haricot: building"));
    }

    @Test
    void aBuildThatFailsIsTheEnd() throws Exception {
        script(bin.resolve("mvn"), "exit 1");
        addJdk("jdk-25", "25.0.1");
        Ran ran = run("serve");
        assertEquals(69, ran.status());
        assertTrue(ran.err().contains("haricot: the build failed."), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void itHandsOverWithEverythingInPlace() throws Exception {
        addMaven();
        addJdk("jdk-25", "25.0.1");
        Files.createSymbolicLink(bin.resolve("beans"), root.resolve("haricot"));
        run("x");
        String out = run(bin.resolve("beans"), "classify", "a leaf.jpg").out();
        assertTrue(out.contains("words haricot.local.Main|classify|a leaf.jpg|\n"), out);
        assertTrue(out.contains("in " + bin.toRealPath() + "\n"), out);
        assertTrue(out.contains("telemetry off 1\n"), out);
        assertTrue(out.contains("root " + root.toRealPath() + "\n"), out);
        assertTrue(out.contains("class path " + root.toRealPath() + "/local/target/classes:"), out);
        assertFalse(out.contains("-cp"), out);
    }

    private void addMaven() throws IOException {
        Path jar = Files.createFile(folder.resolve("library.jar"));
        script(bin.resolve("mvn"), "mkdir -p '" + root + "/local/target/classes/haricot'",
                "printf %s '" + jar + "' > '" + root + "/local/target/classpath'");
    }

    private void addJdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdks").resolve(name).resolve("bin")).getParent();
        script(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/java"), "echo \"in $(pwd -P)\"", "echo \"telemetry off $ORT_DISABLE_TELEMETRY\"",
                "echo \"class path $CLASSPATH\"",
                "while [ \"${1#-}\" != \"$1\" ]; do case $1 in -Dharicot.root=*) echo \"root ${1#*=}\" ;; esac; shift; done",
                "printf 'words '; printf '%s|' \"$@\"; echo");
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path tool(String name) {
        return List.of("/bin", "/usr/bin").stream().map(at -> Path.of(at, name)).filter(Files::exists).findFirst()
                .orElseThrow();
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        return run(root.resolve("haricot"), words);
    }

    private Ran run(Path launcher, String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(bin.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("HARICOT_JDKS", folder.resolve("jdks").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }
}
