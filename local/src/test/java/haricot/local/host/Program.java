package haricot.local.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `haricot serve` as a program of its own, for tests that end it.
public final class Program implements AutoCloseable {
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final BufferedReader out;
    private final List<String> lines = new ArrayList<>();
    private final URI address;

    /// Returns when it says that it serves.
    ///
    /// @param more options
    public Program(Path data, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + data.resolve("crash.log"), "haricot.local.Main",
                "serve",
                "--port=0", "--data=" + data, "--model=" + TestModel.file()));
        command.addAll(List.of(more));
        process = start(command);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null && !line.startsWith("Ctrl-C"); line = out.readLine()) {
            lines.add(line);
        }
        address = URI.create(lines.stream().filter(line -> line.startsWith("  page")).findFirst()
                .orElseThrow(() -> new IOException("it does not serve: " + lines)).substring(6).strip());
    }

    /// Starts a command in which this process's classes are on the class path; what it complains of is in its output.
    static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.start();
    }

    public URI address() {
        return address;
    }

    /// What it printed until it served.
    public List<String> greeting() {
        return lines;
    }

    /// As `kill -9` does.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// As native code does that reads where there is no memory. Returns when the process has ended.
    public void crash() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-SEGV", String.valueOf(process.pid())).start().waitFor();
        process.waitFor();
    }

    /// Asks it to end, as `kill` does and Ctrl-C.
    ///
    /// @return its last line and its exit status
    public String terminate() throws IOException, InterruptedException {
        process.toHandle().destroy();
        String last = out.lines().reduce("", (before, line) -> line);
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException("it does not end");
        }
        return last + " " + process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
