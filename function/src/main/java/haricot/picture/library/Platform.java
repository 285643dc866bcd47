package haricot.picture.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/// What decides which native library fits, if one does.
///
/// @param os as Java names it, such as `Linux` or `Mac OS X`
/// @param arch likewise, such as `amd64`
/// @param version of macOS, such as `15.1`; of glibc on Linux, empty where another C library is used
record Platform(String os, String arch, String version) {
    /// Of the library as it is built: past these the linker would stop with an error of its own.
    private static final int GLIBC_MINOR = 34;
    private static final int MACOS = 15;

    static Platform here() {
        String os = System.getProperty("os.name");
        return new Platform(os, System.getProperty("os.arch"),
                os.equals("Linux") ? glibc() : System.getProperty("os.version"));
    }

    @SuppressWarnings("restricted")
    private static String glibc() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("gnu_get_libc_version").map(function -> {
            try {
                MemorySegment text = (MemorySegment) linker
                        .downcallHandle(function, FunctionDescriptor.of(ValueLayout.ADDRESS)).invokeExact();
                return text.reinterpret(Long.MAX_VALUE).getString(0);
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }).orElse("");
    }

    /// The name of the folder in which the library for this platform lies.
    ///
    /// @throws NoPictureLibrary when there is none, or when this system is too old for it
    String folder() {
        String processor = switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm64";
            default -> throw none();
        };
        return switch (os) {
            case "Linux" -> {
                checkGlibc();
                yield "linux-" + processor;
            }
            case "Mac OS X" -> {
                checkMacOs();
                yield "macosx-" + processor;
            }
            default -> throw none();
        };
    }

    /// The library's name there.
    String file() {
        return os.equals("Linux") ? "libleptonica.so.6" : "libleptonica.6.dylib";
    }

    private NoPictureLibrary none() {
        return new NoPictureLibrary(
                "JPEG and WebP cannot be read on %s (%s): this needs Linux or macOS on x86-64 or arm64."
                        .formatted(os, arch));
    }

    private void checkGlibc() {
        if (version.isEmpty()) {
            throw new NoPictureLibrary(
                    "This Linux has another C library than glibc, and reading pictures needs glibc 2.%d or newer: use Debian 12, Ubuntu 22.04 or a newer one."
                            .formatted(GLIBC_MINOR));
        }
        String[] parts = version.split("\\.", -1);
        if (Integer.parseInt(parts[0]) == 2 && Integer.parseInt(parts[1]) < GLIBC_MINOR) {
            throw new NoPictureLibrary(
                    "This Linux has glibc %s, and reading pictures needs 2.%d or newer: use Debian 12, Ubuntu 22.04 or a newer one."
                            .formatted(version, GLIBC_MINOR));
        }
    }

    private void checkMacOs() {
        if (Integer.parseInt(version.split("\\.", -1)[0]) < MACOS) {
            throw new NoPictureLibrary("This is macOS %s, and reading pictures needs macOS %d or newer."
                    .formatted(version, MACOS));
        }
    }
}
