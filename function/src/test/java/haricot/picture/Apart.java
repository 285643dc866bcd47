package haricot.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of its own for a class of these tests: native code that goes wrong ends it, and not the test.
///
/// @param status it ended with, 0 if all went well; of a crash there is a report in the folder
/// @param out what it printed
/// @param err what it complained of
record Apart(int status, String out, String err) {

    /// @param folder for what it prints, and for the JVM's report of a crash
    /// @throws IOException when it has not ended in time
    static Apart run(Class<?> main, Path folder, Duration most, String... arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED", "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("hs_err.log"), main.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("CLASSPATH",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        // Freed memory is filled, so that whoever reads it afterwards sees nonsense.
        builder.environment().put("MALLOC_PERTURB_", "165");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it hangs");
            }
        } finally {
            process.destroyForcibly();
        }
        // A picture's own bytes may be among what is printed.
        return new Apart(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }
}
