package haricot.picture.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The native library as a file: on Lambda the one in the zip, on a laptop a copy of the one in its jar, for as long as
/// loading takes.
///
/// @param path to load it from
/// @param copied whether it is a copy
record LibraryFile(Path path, boolean copied) implements AutoCloseable {

    /// @throws NoPictureLibrary when this platform has none
    static LibraryFile find(Platform platform) {
        String name = "/org/bytedeco/leptonica/%s/%s".formatted(platform.folder(), platform.file());
        URL url = LibraryFile.class.getResource(name);
        if (url == null) {
            throw new NoPictureLibrary(
                    "The library that reads pictures on this platform (%s) is not in this build: build it here with Maven."
                            .formatted(platform.folder()));
        }
        return url.getProtocol().equals("file") ? new LibraryFile(Path.of(uri(url)), false) : copy(url);
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static LibraryFile copy(URL url) {
        try (InputStream in = url.openStream()) {
            Path copy = Files.createTempFile("haricot-pictures", ".lib");
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return new LibraryFile(copy, true);
        } catch (IOException e) {
            throw new NoPictureLibrary("The library that reads pictures cannot be copied to %s: %s."
                    .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()));
        }
    }

    /// Once it is loaded, the system keeps it without its name.
    @Override
    public void close() {
        if (copied) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
