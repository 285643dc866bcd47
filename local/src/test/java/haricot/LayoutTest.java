package haricot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules by which a reader finds things: who may use whom. Each package says the same in its `package-info.java`.
class LayoutTest {
    private static final Path ROOT = Path.of(System.getProperty("haricot.root"));
    private static final List<Path> SOURCES = List.of(ROOT.resolve("function/src/main/java"),
            ROOT.resolve("local/src/main/java"));
    private static final Bytecode CODE = read();

    /// What each package may use of ours. The packages of the laptop are named without `haricot.`.
    private static final Map<String, String> MAY_USE = Map.ofEntries(
            Map.entry("haricot", "api backfill web picture.library model bucket drift drift.page"),
            Map.entry("backfill", "api bucket model"),
            Map.entry("api", "web picture picture.raster model bucket"),
            Map.entry("web", ""),
            Map.entry("picture", "picture.raster picture.library picture.jpeg picture.png picture.webp"),
            Map.entry("picture.library", ""),
            Map.entry("picture.raster", "picture.colour"),
            Map.entry("picture.colour", ""),
            Map.entry("picture.jpeg", "picture.raster picture.colour picture.library"),
            Map.entry("picture.png", "picture.raster picture.colour"),
            Map.entry("picture.webp", "picture.raster picture.colour picture.library"),
            Map.entry("model", "picture picture.raster"),
            Map.entry("bucket", "model"),
            Map.entry("drift", "bucket model"),
            Map.entry("drift.page", "drift bucket"),
            Map.entry("local",
                    "haricot model picture.library web local.serve local.classify local.compare local.watch local.deploy local.sql "
                            + "local.backfill local.host"),
            Map.entry("local.compare", "api bucket drift drift.page model picture picture.raster local.host"),
            Map.entry("local.serve", "haricot api web local.host"),
            Map.entry("local.classify", "haricot api backfill bucket model web local.host"),
            Map.entry("local.watch", "haricot backfill bucket drift drift.page local.host"),
            Map.entry("local.backfill", "bucket local.deploy local.host"),
            Map.entry("local.sql", "bucket local.host"),
            Map.entry("local.deploy", "bucket model haricot local.host"),
            Map.entry("local.host", "bucket drift model haricot"));

    @Test
    void everyPackageUsesOnlyWhatItsRowAllows() {
        Map<String, Set<String>> astray = new TreeMap<>();
        CODE.packages().forEach((name, used) -> {
            Set<String> forbidden = new TreeSet<>(used);
            Stream.of(MAY_USE.getOrDefault(brief(name), "").split(" ")).map(LayoutTest::full)
                    .forEach(forbidden::remove);
            if (!forbidden.isEmpty()) {
                astray.put(name, forbidden);
            }
        });
        assertEquals(Map.of(), astray);
    }

    @Test
    void everyPackageHasARowAndSaysItself() throws IOException {
        Set<String> rows = new TreeSet<>();
        MAY_USE.keySet().forEach(name -> rows.add(full(name)));
        assertEquals(rows, new TreeSet<>(CODE.packages().keySet()));
        for (String name : rows) {
            String said = text(SOURCES.get(name.startsWith("haricot.local") ? 1 : 0)
                    .resolve(name.replace('.', '/')).resolve("package-info.java"));
            assertTrue(said.contains("/// Imports: "), name);
            for (String used : CODE.packages().get(name)) {
                assertTrue(said.contains("`" + shortest(used) + "`") || said.contains("everything below")
                        || said.contains("every command package"), name + " does not say that it imports " + used);
            }
        }
    }

    @Test
    void noCircleOfPackages() {
        assertEquals(List.of(), Bytecode.circle(CODE.packages()));
    }

    @Test
    void noCircleOfClasses() {
        assertEquals(List.of(), Bytecode.circle(CODE.uses()));
    }

    @Test
    void onnxRuntimeAppearsInOneClass() {
        assertEquals(List.of("haricot.model.OnnxModel"), using(name -> name.startsWith("ai.onnxruntime.")));
    }

    @Test
    void nativeCodeIsLookedUpInOnePackage() {
        assertEquals(List.of("haricot.picture.library.PictureLibrary", "haricot.picture.library.Platform"),
                using(name -> name.equals("java.lang.foreign.SymbolLookup")).stream().sorted().toList());
    }

    @Test
    void awsTypesAppearInTheRootPackageInStoresAndOnTheLaptop() {
        List<String> astray = using(name -> name.startsWith("software.amazon.") || name.startsWith("com.amazonaws.")
                || name.startsWith("org.crac.")).stream()
                .filter(name -> !name.startsWith("haricot.local."))
                .filter(name -> !Bytecode.packageOf(name).equals("haricot"))
                .filter(name -> !name.matches("haricot\\.(bucket|drift|backfill)\\.S3\\w+")).toList();
        assertEquals(List.of(), astray);
    }

    @Test
    void noTwoClassesHaveOneName() throws IOException {
        Map<String, List<String>> places = new TreeMap<>();
        CODE.uses().keySet().forEach(name -> places.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1),
                _ -> new ArrayList<>()).add(name));
        places.values().removeIf(names -> names.size() == 1);
        assertEquals(Map.of(), places);
    }

    @Test
    void everyCommandIsCalledOne() throws IOException {
        List<String> astray = sources().filter(file -> text(file).contains("@Command(name"))
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith("Command.java") && !name.equals("Main.java")).toList();
        assertEquals(List.of(), astray);
    }

    @Test
    void noNameSaysServiceManagerHelperUtilOrImpl() throws IOException {
        Pattern vague = Pattern.compile(".*(Service|Manager|Helper|Util|Utils|Impl)\\.java");
        assertEquals(List.of(),
                sources().filter(file -> vague.matcher(file.getFileName().toString()).matches()).toList());
    }

    private static List<String> using(Predicate<String> what) {
        return CODE.uses().entrySet().stream().filter(entry -> entry.getValue().stream().anyMatch(what))
                .map(Map.Entry::getKey).toList();
    }

    private static String full(String brief) {
        return brief.equals("haricot") ? brief : "haricot." + brief;
    }

    private static String brief(String full) {
        return full.equals("haricot") ? full : full.substring("haricot.".length());
    }

    /// As a `package-info.java` calls it: packages of the laptop leave `local` out.
    private static String shortest(String full) {
        return brief(full).replaceFirst("^local\\.", "");
    }

    private static Bytecode read() {
        try {
            return Bytecode.of(ROOT.resolve("function/target/classes"), ROOT.resolve("local/target/classes"));
        } catch (IOException e) {
            throw new AssertionError("reading the compiled classes", e);
        }
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        return found.stream();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("reading " + file, e);
        }
    }
}
