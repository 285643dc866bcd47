package haricot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules by which a reader finds things: who may import whom.
class LayoutTest {
    private static final Path ROOT = Path.of(System.getProperty("haricot.root"));
    private static final Path FUNCTION = ROOT.resolve("function/src/main/java");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);

    @Test
    void visionImportsNothingOfOurs() throws IOException {
        nobody("haricot/vision", file -> true, name -> ours(name) && !name.startsWith("haricot.vision."));
    }

    @Test
    void webImportsNothingOfOurs() throws IOException {
        nobody("haricot/web", file -> true, name -> ours(name) && !name.startsWith("haricot.web."));
    }

    @Test
    void watchImportsVisionAtMost() throws IOException {
        nobody("haricot/watch", file -> true, name -> ours(name) && !name.startsWith("haricot.watch.")
                && !name.startsWith("haricot.vision."));
    }

    @Test
    void nothingDeployedImportsTheLaptop() throws IOException {
        nobody("haricot", file -> true, name -> name.startsWith("haricot.local"));
    }

    @Test
    void onnxRuntimeAppearsInOneClass() throws IOException {
        List<Path> users = sources("haricot").filter(file -> text(file).contains("ai.onnxruntime")).toList();
        assertEquals(1, users.size(), users::toString);
    }

    @Test
    void awsTypesAppearInTheRootPackageAndInStores() throws IOException {
        nobody("haricot", file -> !file.getParent().equals(FUNCTION.resolve("haricot"))
                && !(file.startsWith(FUNCTION.resolve("haricot/watch"))
                        && file.getFileName().toString().startsWith("S3")),
                name -> name.startsWith("software.amazon.") || name.startsWith("com.amazonaws."));
    }

    @Test
    void noNameSaysServiceManagerHelperUtilOrImpl() throws IOException {
        Pattern vague = Pattern.compile(".*(Service|Manager|Helper|Util|Utils|Impl)\\.java");
        List<Path> found = Stream.concat(sources("haricot"), javaFiles(ROOT.resolve("local/src")))
                .filter(file -> vague.matcher(file.getFileName().toString()).matches()).toList();
        assertEquals(List.of(), found);
    }

    private static void nobody(String folder, Predicate<Path> among, Predicate<String> imports) throws IOException {
        List<Path> looked = sources(folder).filter(among).toList();
        assertTrue(!looked.isEmpty(), () -> "no source in " + folder);
        List<String> found = looked.stream().flatMap(file -> IMPORT.matcher(text(file)).results()
                .map(match -> match.group(1)).filter(imports).map(name -> FUNCTION.relativize(file) + ": " + name))
                .toList();
        assertEquals(List.of(), found);
    }

    private static boolean ours(String name) {
        return name.startsWith("haricot.");
    }

    private static Stream<Path> sources(String folder) throws IOException {
        return javaFiles(FUNCTION.resolve(folder));
    }

    private static Stream<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("reading " + file, e);
        }
    }
}
