package haricot.local.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.local.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver's way to whoever has no build of the tests, with a script in Maven's place.
final class DuckDbJarTest {
    @TempDir
    Path folder;
    private final List<String> said = new ArrayList<>();

    @Test
    void withoutMavenItNamesTheJarAndItsPlace() throws IOException {
        Failure failure = assertThrows(Failure.class, () -> jar("/nowhere").jar());
        assertTrue(failure.getMessage().endsWith("put duckdb_jdbc-" + DuckDbJar.version()
                + ".jar (org.duckdb:duckdb_jdbc) into " + folder.resolve("kept")), failure.getMessage());
    }

    @Test
    void mavenFetchesItOnceAndItRunsFromAClassLoaderOfItsOwn() throws IOException, SQLException {
        Path real = Path
                .of(org.duckdb.DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        String programs = maven("for word; do case $word in -DoutputDirectory=*) cp " + real
                + " \"${word#*=}/duckdb_jdbc-" + DuckDbJar.version() + ".jar\" ;; esac; done");
        Path jar = jar(programs).jar();
        assertEquals(List.of("haricot: fetching DuckDB's driver, 80 MB, this once."), said);
        assertEquals(jar, jar("/nowhere").jar());
        Driver driver = DuckDbJar.load(jar);
        assertNotEquals(org.duckdb.DuckDBDriver.class, driver.getClass());
        try (Connection connection = driver.connect("jdbc:duckdb:", new Properties())) {
            assertTrue(connection.isValid(1));
        }
    }

    @Test
    void whatMavenSaysIsPassedOnAndNothingIsLeft() throws IOException {
        String programs = maven("echo '[INFO] Scanning'; echo '[ERROR] no route to the registry'; exit 1");
        Failure failure = assertThrows(Failure.class, () -> jar(programs).jar());
        assertEquals("Maven could not fetch DuckDB's driver: no route to the registry", failure.getMessage());
        try (Stream<Path> left = Files.list(folder.resolve("kept"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aFileThatIsNoDriverIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("odd.jar"), "no jar");
        assertTrue(assertThrows(Failure.class, () -> DuckDbJar.load(text)).getMessage().startsWith(text.toString()));
    }

    private DuckDbJar jar(String programs) {
        return new DuckDbJar(folder.resolve("kept"), folder, programs, said::add);
    }

    private String maven(String script) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path maven = Files.writeString(programs.resolve("mvn"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "/nowhere:" + programs;
    }
}
