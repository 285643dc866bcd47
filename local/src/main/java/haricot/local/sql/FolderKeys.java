package haricot.local.sql;

import haricot.bucket.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which files of a bucket on this computer a table is read from.
final class FolderKeys {
    /// Files that one thread reads into one file of lines: a day can have a hundred thousand.
    private static final int TOGETHER = 2_000;
    /// No key of ours has so many slashes.
    private static final int DEEPEST = 10;

    private FolderKeys() {}

    /// The keys to read, in portions. Of a day whose flags have been merged, the one object that holds them.
    static List<List<String>> portions(Path bucket, Table table) throws IOException {
        Map<String, List<String>> days = new TreeMap<>();
        for (String key : keys(bucket, table.prefix())) {
            days.computeIfAbsent(day(key), _ -> new ArrayList<>()).add(key);
        }
        if (table == Table.FLAGS) {
            for (String key : keys(bucket, Keys.SETTLED_FLAGS)) {
                if (Keys.day(key).map(Keys::settledFlags).filter(key::equals).isPresent()) {
                    days.put(day(key), List.of(key));
                }
            }
        }
        List<List<String>> portions = new ArrayList<>();
        for (List<String> day : days.values()) {
            for (int from = 0; from < day.size(); from += TOGETHER) {
                portions.add(day.subList(from, Math.min(day.size(), from + TOGETHER)));
            }
        }
        return portions;
    }

    /// Each file of results by itself: it holds hundreds of lines.
    private static String day(String key) {
        return Keys.day(key).map(LocalDate::toString).orElse(key);
    }

    private static List<String> keys(Path bucket, String prefix) throws IOException {
        Path start = bucket.resolve(prefix);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(start, DEEPEST, (_, attributes) -> attributes.isRegularFile())) {
            return files.map(file -> bucket.relativize(file).toString().replace('\\', '/')).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
