package haricot.local.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Where the review page of a bucket runs, for a report to link to. The address holds the page's secret, so the file is
/// its owner's alone, and goes with the process.
///
/// @param file that holds it while the page runs
record ReviewAddress(Path file) {
    private static final String OWNER_ALONE = "rw-------";

    /// @param folder of the data on this computer
    /// @param bucket on AWS; empty for the one in the folder
    static ReviewAddress of(Path folder, String bucket) {
        return new ReviewAddress(folder.resolve(bucket.isEmpty() ? "review.address" : "review-" + bucket + ".address"));
    }

    /// Keeps it until the process ends. A folder that cannot be written to costs only the link.
    void keep(URI address) {
        try {
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
            }
            file.toFile().deleteOnExit();
            Files.writeString(file, address.toString());
        } catch (IOException e) {
            // The review itself goes on.
        }
    }

    /// Empty where no page runs.
    Optional<URI> read() {
        try {
            return Files.isReadable(file) ? Optional.of(URI.create(Files.readString(file))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
