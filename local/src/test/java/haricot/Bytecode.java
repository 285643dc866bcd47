package haricot;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which classes use which others, read from compiled classes: an import list misses what is used by its full name, and
/// counts what only a comment names.
///
/// @param uses by the name of a top-level class, the top-level classes that it names; nested ones count as their outer
record Bytecode(Map<String, Set<String>> uses) {
    /// Descriptors and signatures hold names as `Lharicot/web/Request;`.
    private static final Pattern NAME = Pattern.compile("L([\\w/]+)(?:\\$\\w+)*[;<]");

    /// @param folders of classes, such as `function/target/classes`
    static Bytecode of(Path... folders) throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Bytecode::isClass).toList()) {
                    ClassModel model = ClassFile.of().parse(file);
                    uses.computeIfAbsent(top(model.thisClass().asInternalName()), _ -> new TreeSet<>())
                            .addAll(named(model));
                }
            }
        }
        uses.forEach((name, others) -> others.remove(name));
        return new Bytecode(uses);
    }

    /// The same for packages; those outside of what was read are left out.
    Map<String, Set<String>> packages() {
        Map<String, Set<String>> packages = new TreeMap<>();
        uses.forEach((name, others) -> {
            Set<String> of = packages.computeIfAbsent(packageOf(name), _ -> new TreeSet<>());
            others.stream().filter(uses::containsKey).map(Bytecode::packageOf)
                    .filter(other -> !other.equals(packageOf(name)))
                    .forEach(of::add);
        });
        return packages;
    }

    /// A way from something back to itself; empty if there is none.
    static List<String> circle(Map<String, Set<String>> uses) {
        Set<String> clear = new TreeSet<>();
        for (String start : uses.keySet()) {
            List<String> found = circle(uses, start, new java.util.ArrayList<>(), clear);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<String> circle(Map<String, Set<String>> uses, String here, List<String> way,
            Set<String> clear) {
        int seen = way.indexOf(here);
        if (seen >= 0) {
            return List.copyOf(way.subList(seen, way.size()));
        }
        if (clear.contains(here)) {
            return List.of();
        }
        way.add(here);
        for (String next : uses.getOrDefault(here, Set.of())) {
            List<String> found = circle(uses, next, way, clear);
            if (!found.isEmpty()) {
                return found;
            }
        }
        way.removeLast();
        clear.add(here);
        return List.of();
    }

    static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static Set<String> named(ClassModel model) {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry used -> names.add(top(used.asInternalName()));
                case Utf8Entry text when text.stringValue().startsWith("(") || text.stringValue().startsWith("L")
                        || text.stringValue().startsWith("<") ->
                    NAME.matcher(text.stringValue()).results().forEach(match -> names.add(top(match.group(1))));
                default -> {
                    // Numbers and strings name no class.
                }
            }
        }
        return names;
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("package-info.class");
    }

    private static String top(String internal) {
        String name = internal.replaceFirst("^\\[+L?", "").replaceFirst(";$", "").replace('/', '.');
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
