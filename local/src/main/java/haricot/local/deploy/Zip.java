package haricot.local.deploy;

import haricot.bucket.Keys;
import haricot.bucket.Sha256;
import haricot.local.host.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The function's code for one of Lambda's architectures.
///
/// @param sha256 of the file, which is the same for the same sources
record Zip(Path file, String sha256) {
    /// Maven prints them even when it is told not to.
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /// Takes the archive's, or builds it.
    ///
    /// @param root where the launcher is
    /// @param sources what it builds from
    /// @param architecture `x86_64` or `arm64`
    static Zip build(Path root, Path sources, String architecture) {
        Path packed = root.resolve("functions/haricot-" + architecture + ".zip");
        if (Files.isRegularFile(packed)) {
            return read(packed);
        }
        try {
            Process build = new ProcessBuilder("mvn", "-q", "-B", "-Dstyle.color=never", "-Pquick", "-DskipTests",
                    "-pl", "function", "package").directory(sources.toFile()).redirectErrorStream(true)
                    .redirectInput(Redirect.INHERIT).start();
            // What Maven has to say goes where people look, not before what a script reads.
            try (BufferedReader said = build.inputReader()) {
                said.lines().map(line -> COLOUR.matcher(line).replaceAll("")).filter(line -> !line.isBlank())
                        .forEach(System.err::println);
            }
            int status = build.waitFor();
            if (status != 0) {
                throw new Failure("the build failed: mvn -pl function package");
            }
            return read(sources.resolve("function/target/haricot-" + architecture + ".zip"));
        } catch (IOException e) {
            throw new Failure("cannot build the function: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while building", e);
        }
    }

    /// Takes one that is already built.
    static Zip read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Failure("there is no zip " + file);
        }
        try {
            return new Zip(file, Sha256.hex(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new Failure("cannot read the zip " + file + ": " + e.getMessage(), e);
        }
    }

    /// Where it is in the bucket.
    String key() {
        return Keys.code(sha256);
    }

    /// Uploads it, unless it is there.
    void upload(S3Client s3, String bucket) {
        try {
            s3.putObject(put -> put.bucket(bucket).key(key()).ifNoneMatch("*"), RequestBody.fromFile(file));
        } catch (S3Exception e) {
            if (e.statusCode() != 412) {
                throw e;
            }
        }
    }
}
