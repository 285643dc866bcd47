package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is in the zips that the function's module packs.
@EnabledIf("packed")
class ZipTest {
    private static final long MOST = 28 << 20;
    private static final long MOST_UNPACKED = 100 << 20;

    /// `mvn test` alone packs nothing.
    static boolean packed() {
        return Files.exists(zip("x86_64")) && Files.exists(zip("arm64"));
    }

    private static Path zip(String architecture) {
        return Path.of(System.getProperty("haricot.root"), "function/target/haricot-" + architecture + ".zip");
    }

    @ParameterizedTest
    @CsvSource({"x86_64", "arm64"})
    void isSmall(String architecture) throws IOException {
        assertTrue(Files.size(zip(architecture)) <= MOST, () -> zip(architecture) + " is over 28 MB");
        try (ZipFile zip = new ZipFile(zip(architecture).toFile())) {
            assertTrue(zip.stream().mapToLong(ZipEntry::getSize).sum() <= MOST_UNPACKED);
        }
    }

    /// The machine's number is at byte 18 of an ELF file: 62 is x86-64, 183 is AArch64.
    @ParameterizedTest
    @CsvSource({"x86_64,linux-x64,62", "arm64,linux-aarch64,183"})
    void hasTheNativesOfItsArchitectureAndNoOthers(String architecture, String platform, int machine)
            throws IOException {
        try (ZipFile zip = new ZipFile(zip(architecture).toFile())) {
            List<? extends ZipEntry> natives = zip.stream().filter(each -> isNative(each.getName())).toList();
            assertEquals(Set.of("ai/onnxruntime/native/" + platform + "/libonnxruntime.so",
                    "ai/onnxruntime/native/" + platform + "/libonnxruntime4j_jni.so",
                    "org/bytedeco/leptonica/linux-" + architecture + "/libleptonica.so.6"),
                    new TreeSet<>(natives.stream().map(ZipEntry::getName).toList()));
            for (ZipEntry each : natives) {
                try (DataInputStream elf = new DataInputStream(zip.getInputStream(each))) {
                    elf.skipNBytes(18);
                    assertEquals(machine, Short.reverseBytes(elf.readShort()), each.getName());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"x86_64", "arm64"})
    void hasTheFunctionAndNeitherTestsNorWhatRunsOnALaptop(String architecture) throws IOException {
        Set<String> classes = new TreeSet<>();
        try (ZipFile zip = new ZipFile(zip(architecture).toFile())) {
            for (ZipEntry each : zip.stream().filter(entry -> entry.getName().endsWith(".jar")).toList()) {
                assertEquals("lib/", each.getName().substring(0, 4));
                classes.addAll(entries(zip.getInputStream(each)));
            }
        }
        assertTrue(classes.contains("haricot/ClassifyHandler.class"));
        assertTrue(classes.contains("haricot/api/page.html"));
        assertEquals(List.of(), classes.stream().filter(name -> isNative(name) || name.startsWith("haricot/local/")
                || name.startsWith("org/junit/") || name.startsWith("haricot/") && name.endsWith("Test.class"))
                .toList());
    }

    @ParameterizedTest
    @CsvSource({"x86_64", "arm64"})
    void hasTheNoticesOfWhatTheNativesHoldInside(String architecture) throws IOException {
        try (ZipFile zip = new ZipFile(zip(architecture).toFile())) {
            assertTrue(zip.getEntry("ThirdPartyNotices.txt").getSize() > 0, "ONNX Runtime's");
            String notices = new String(zip.getInputStream(zip.getEntry("PictureLibraryNotices.txt")).readAllBytes(),
                    StandardCharsets.UTF_8);
            for (String name : List.of("Leptonica", "libjpeg-turbo", "libwebp", "libpng", "LibTIFF", "GIFLIB",
                    "OpenJPEG", "zlib")) {
                assertTrue(notices.contains("\n" + name + " "), name);
            }
        }
    }

    private static Set<String> entries(InputStream jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(jar)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static boolean isNative(String name) {
        return name.matches(".*\\.(so|dll|dylib|jnilib)(\\.\\d+)*");
    }
}
