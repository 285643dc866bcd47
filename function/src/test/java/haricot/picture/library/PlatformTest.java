package haricot.picture.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A computer that cannot load the library is told what it lacks, before the linker says it in its own words.
class PlatformTest {

    @ParameterizedTest
    @CsvSource({"Linux,amd64,2.34,linux-x86_64", "Linux,amd64,2.41,linux-x86_64", "Linux,aarch64,3.0,linux-arm64",
            "Mac OS X,aarch64,15.0,macosx-arm64", "Mac OS X,x86_64,26.1,macosx-x86_64"})
    void knowsWhereItsLibraryLies(String os, String arch, String version, String folder) {
        assertEquals(folder, new Platform(os, arch, version).folder());
    }

    @ParameterizedTest
    @CsvSource({"Linux,amd64,2.31,This Linux has glibc 2.31", "Linux,aarch64,2.4,This Linux has glibc 2.4",
            "Linux,amd64,'',This Linux has another C library than glibc",
            "Mac OS X,aarch64,14.7.1,'This is macOS 14.7.1, and reading pictures needs macOS 15 or newer.'",
            "Windows 11,amd64,10.0,JPEG and WebP cannot be read on Windows 11 (amd64)",
            "Linux,riscv64,2.41,JPEG and WebP cannot be read on Linux (riscv64)"})
    void saysWhatIsTooOldOrMissing(String os, String arch, String version, String says) {
        Platform platform = new Platform(os, arch, version);
        NoPictureLibrary none = assertThrows(NoPictureLibrary.class, platform::folder);
        assertTrue(none.getMessage().startsWith(says), none.getMessage());
        assertTrue(none.getMessage().matches("[^\\n]+\\."), none.getMessage());
    }

    @Test
    void thisComputerHasOne() {
        try (LibraryFile file = LibraryFile.find(Platform.here())) {
            assertTrue(file.path().toFile().length() > 1_000_000);
        }
    }
}
