package haricot.picture.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The bill of materials of the native library says what its own package files say.
class NativeBomTest {
    @Test
    void namesEveryLibraryInsideWithItsVersion() throws Exception {
        JsonNode bom = new ObjectMapper()
                .readTree(
                        Path.of(System.getProperty("haricot.root"), "function/src/main/sbom/native.cdx.json").toFile());
        Map<String, String> named = new TreeMap<>();
        for (JsonNode component : bom.path("components")) {
            for (String file : component.at("/properties/0/value").asText().split(" ", -1)) {
                named.put(file, component.path("version").asText());
            }
        }
        named.remove("");
        Map<String, String> packaged = packaged();
        assertTrue(packaged.size() > 8, packaged.toString());
        assertEquals(packaged, named);
        assertTrue(bom.at("/metadata/component/version").asText().startsWith(packaged.get("lept") + "-"));
    }

    /// By the name of their file, the versions that pkg-config would say.
    private static Map<String, String> packaged() throws IOException, URISyntaxException {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x86_64";
        URL any = NativeBomTest.class.getResource("/org/bytedeco/leptonica/" + arch + "/lib/pkgconfig/lept.pc");
        String jar = any.toString().substring(0, any.toString().indexOf('!'));
        Map<String, String> versions = new TreeMap<>();
        try (FileSystem files = FileSystems.newFileSystem(new URI(jar), Map.of());
                Stream<Path> all = Files.list(files.getPath("/org/bytedeco/leptonica/" + arch + "/lib/pkgconfig"))) {
            for (Path file : all.toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    String version = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                            .filter(line -> line.startsWith("Version:")).findFirst().orElseThrow().substring(8).strip();
                    versions.put(file.getFileName().toString().replace(".pc", ""), version);
                }
            }
        }
        return versions;
    }
}
