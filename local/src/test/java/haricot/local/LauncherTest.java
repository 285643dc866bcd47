package haricot.local;

import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
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
import java.util.ArrayList;
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
        Files.writeString(root.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        Files.createDirectories(root.resolve(".mvn"));
        Files.writeString(Files.createDirectories(root.resolve("local/src/main/resources/haricot/local"))
                .resolve("usage.txt"), "Usage: …\n");
        for (String tool : List.of("bash", "env", "dirname", "basename", "readlink", "sed", "find", "head", "cat",
                "touch", "mkdir", "cksum", "cp", "rm", "sleep", "kill")) {
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
    void helpAndVersionNeedNeitherJavaNorABuild() throws Exception {
        for (List<String> words : List.of(List.<String>of(), List.of("--help"), List.of("-h"))) {
            assertEquals(new Ran(0, "Usage: …\n", ""), run(words.toArray(String[]::new)));
        }
        assertEquals(new Ran(0, "haricot 1.2.3\n", ""), run("--version"));
        assertEquals(new Ran(0, "haricot 1.2.3\n", ""), run("-V"));
    }

    @Test
    void theBuildSaysALineAStepAndCompilesNoTests() throws Exception {
        addMaven("[INFO] Downloaded from x: https://x/a.jar (1 kB)",
                "[INFO] --- maven-compiler-plugin:3:compile (default-compile) @ haricot-function ---",
                "[WARNING] nothing for a person",
                "[INFO] --- compiler:3:compile (default-compile) @ haricot-local ---");
        addJdk("jdk-25", "25.0.1");
        String err = run("x").err();
        assertEquals("""
                haricot: building; the libraries are fetched the first time.
                haricot: fetching libraries: 1 ...
                haricot: compiling the function (1 of 2) ...
                haricot: compiling the command line (2 of 2) ...
                """, err);
        String called = Files.readString(root.resolve("local/target/called"));
        assertTrue(called.endsWith(" -Dharicot.tests=none process-classes\n"), called);
    }

    @Test
    void anInterruptedBuildSaysSo() throws Exception {
        script(bin.resolve("mvn"), "kill -INT $PPID", "sleep 1", "exit 130");
        addJdk("jdk-25", "25.0.1");
        Ran ran = run("serve");
        assertEquals(130, ran.status());
        assertTrue(ran.err().endsWith("\nharicot: stopped while building; the next call goes on from here.\n"),
                ran.err());
    }

    /// As root, whom no permission stops, the launcher is called as somebody else.
    @Test
    void aCloneThatCannotBeWrittenIsBuiltInTheCacheFolder() throws Exception {
        script(bin.resolve("mvn"), "while [ \"$1\" != -f ]; do shift; done; build=${2%/pom.xml}",
                "[ -d \"$build/function/src/main\" ] && mkdir -p \"$build/local/target/classes/haricot\"",
                "printf %s '" + Files.createFile(folder.resolve("library.jar"))
                        + "' >\"$build/local/target/classpath\"");
        addJdk("jdk-25", "25.0.1");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (Path each : List.of(root, root.resolve("local"), root.resolve("function"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        Ran ran = run("x");
        assertTrue(ran.err().startsWith("haricot: this folder cannot be written, so the build goes to "
                + folder + "/.cache/haricot/"), ran.err());
        assertTrue(ran.out().contains("root " + root.toRealPath() + "\n"), ran.out());
        assertTrue(ran.out().contains("class path " + folder + "/.cache/haricot/"), ran.out());
        assertEquals("", run("x").err());
    }

    @Test
    void anArchiveIsNeverBuilt() throws Exception {
        Path lib = Files.createDirectories(root.resolve("lib"));
        Files.writeString(lib.resolve("version.txt"), "4.5.6\n");
        addJdk("jre-25", "25.0.1");
        Files.delete(folder.resolve("jdks/jre-25/bin/javac"));
        assertEquals("haricot 4.5.6\n", run("--version").out());
        String out = run("x").out();
        assertTrue(out.contains("class path " + root.toRealPath() + "/lib/*\n"), out);
    }

    @Test
    void javaIsGivenALocaleThatHasAllLetters() throws Exception {
        addMaven();
        addJdk("jdk-25", "25.0.1");
        assertTrue(run("x").out().contains("locale C.UTF-8\n"));
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
        script(bin.resolve("mvn"), "echo '[ERROR] why'", "exit 1");
        addJdk("jdk-25", "25.0.1");
        Ran ran = run("serve");
        assertEquals(69, ran.status());
        assertTrue(ran.err().contains("haricot: the build failed;"), ran.err());
        assertTrue(ran.err().contains("[ERROR] why"), ran.err());
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

    private void addMaven(String... says) throws IOException {
        Path jar = Files.createFile(folder.resolve("library.jar"));
        script(bin.resolve("mvn"), "cat <<'END'\n" + String.join("\n", says) + "\nEND",
                "mkdir -p '" + root + "/local/target/classes/haricot'",
                "printf %s '" + jar + "' > '" + root + "/local/target/classpath'",
                "echo \"$*\" >'" + root + "/local/target/called'");
    }

    private void addJdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdks").resolve(name).resolve("bin")).getParent();
        script(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/java"), "echo \"in $(pwd -P)\"", "echo \"telemetry off $ORT_DISABLE_TELEMETRY\"",
                "echo \"class path $CLASSPATH\"", "echo \"locale $LC_ALL\"",
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

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        return run(root.resolve("haricot"), words);
    }

    private Ran run(Path launcher, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(isRoot() && !Files.getPosixFilePermissions(root).contains(OWNER_WRITE)
                ? List.of(tool("setpriv").toString(), "--reuid=65534", "--clear-groups", launcher.toString())
                : List.of(launcher.toString()));
        if (System.getProperty("os.name").equals("Linux")) {
            // Who runs this in the background may ignore interrupts, and a shell cannot take that back.
            command.addAll(0, List.of(tool("env").toString(), "--default-signal=INT"));
        }
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
