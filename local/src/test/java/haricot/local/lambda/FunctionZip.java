package haricot.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The zip that is deployed, unpacked as Lambda unpacks it into `/var/task`.
final class FunctionZip {
    private FunctionZip() {}

    static Path file() {
        return Path.of(System.getProperty("haricot.root"), "function", "target", "haricot-x86_64.zip");
    }

    /// Whether it was built, which `mvn verify` does before it comes to these tests and `mvn test` does not.
    static boolean isBuilt() {
        return Files.isRegularFile(file());
    }

    static Path unpackInto(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(file()); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        return folder;
    }

    /// Bytes of all files.
    static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
