package haricot.local.sql;

import haricot.local.host.Failure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// DuckDB's driver: a jar of 80 MB, which only those fetch who ask a query.
final class DuckDbJar {
    private static final String DRIVER = "org.duckdb.DuckDBDriver";

    private final Path folder;
    private final Path root;
    private final String programs;
    private final Consumer<String> say;

    /// @param folder where the jar is kept
    /// @param root of the sources, whose `pom.xml` names the versions of Maven's plugins; without it Maven takes its own
    /// @param programs the folders of programs, as in `PATH`
    /// @param say tells a person why it takes a while
    DuckDbJar(Path folder, Path root, String programs, Consumer<String> say) {
        this.folder = folder;
        this.root = root;
        this.programs = programs;
        this.say = say;
    }

    /// From the class path if it is there, else from its jar.
    Driver driver() throws IOException {
        Optional<Driver> there = ServiceLoader.load(Driver.class).stream()
                .filter(each -> each.type().getName().equals(DRIVER)).map(ServiceLoader.Provider::get).findFirst();
        return there.isPresent() ? there.get() : load(jar());
    }

    /// The jar in its folder. Where there is none Maven fetches it.
    ///
    /// @throws Failure if it cannot be had
    Path jar() throws IOException {
        Path jar = folder.resolve("duckdb_jdbc-" + version() + ".jar");
        if (!Files.exists(jar)) {
            fetch(jar);
        }
        return jar;
    }

    /// The class loader stays open: the driver loads classes as long as it runs.
    static Driver load(Path jar) throws IOException {
        try {
            URLClassLoader loader = new URLClassLoader(new URL[]{jar.toUri().toURL()},
                    ClassLoader.getPlatformClassLoader());
            return (Driver) loader.loadClass(DRIVER).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new Failure(jar + " is not DuckDB's driver: remove it, and it is fetched again", e);
        }
    }

    static String version() throws IOException {
        try (InputStream version = DuckDbJar.class.getResourceAsStream("duckdb.txt")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /// Fetched aside and moved: a jar that is there is whole.
    private void fetch(Path jar) throws IOException {
        Path maven = maven()
                .orElseThrow(() -> new Failure("DuckDB's driver is missing, and Maven, which would fetch it: "
                        + "install Maven, or put " + jar.getFileName() + " (org.duckdb:duckdb_jdbc) into " + folder));
        say.accept("haricot: fetching DuckDB's driver, 80 MB, this once.");
        Files.createDirectories(folder);
        Path aside = Files.createTempDirectory(folder, "fetching");
        try {
            List<String> words = new ArrayList<>(List.of(maven.toString(), "-B", "-q", "dependency:copy",
                    "-Dartifact=org.duckdb:duckdb_jdbc:" + version(), "-DoutputDirectory=" + aside));
            if (Files.exists(root.resolve("pom.xml"))) {
                words.addAll(List.of("-N", "-f", root.resolve("pom.xml").toString()));
            }
            Path log = aside.resolve("log");
            int status = new ProcessBuilder(words).directory(aside.toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start().waitFor();
            if (status != 0 || !Files.exists(aside.resolve(jar.getFileName()))) {
                throw new Failure("Maven could not fetch DuckDB's driver: " + error(log));
            }
            Files.move(aside.resolve(jar.getFileName()), jar, StandardCopyOption.ATOMIC_MOVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("stopped while DuckDB's driver was fetched", e);
        } finally {
            try (Stream<Path> left = Files.list(aside)) {
                left.map(Path::toFile).forEach(File::delete);
            }
            Files.delete(aside);
        }
    }

    private Optional<Path> maven() {
        return Stream.of(programs.split(File.pathSeparator, -1)).filter(place -> !place.isEmpty())
                .map(place -> Path.of(place).resolve("mvn")).filter(Files::isExecutable).findFirst();
    }

    private static String error(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("ERROR")).findFirst().orElse("it says nothing")
                    .replaceFirst(".*?ERROR\\S*\\s*", "");
        }
    }
}
