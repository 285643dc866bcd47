package haricot.local.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// The pictures that the paths on a command line mean.
public final class Pictures {
    /// First bytes of JPEG, PNG, GIF, BMP and TIFF, each read as Latin-1. Those that Haricot cannot read are taken
    /// too: their owner wants to know.
    private static final List<String> BEGINNINGS = List.of("\u00ff\u00d8\u00ff", "\u0089PNG\r\n", "GIF8", "BM", "II*\0",
            "MM\0*");
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "heic", "avif");

    /// A file, or the standard input.
    ///
    /// @param name as the person who asked would write it
    /// @param file where it is, `-` for the standard input
    /// @param folder the folder just below the one that was named, empty where there is none: its label, in a folder
    ///     of labelled pictures
    public record Picture(String name, Path file, String folder) {
        public byte[] bytes() throws IOException {
            return name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
        }
    }

    /// What was found.
    ///
    /// @param skipped files below the folders that are no pictures
    public record Found(List<Picture> pictures, int skipped) {}

    private Pictures() {}

    /// Every file as named; of a folder all pictures below it, in the order of their names, hidden ones left out.
    ///
    /// @throws Failure when there is no such path
    public static Found below(List<Path> paths) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        int skipped = 0;
        for (Path path : paths) {
            if (path.toString().equals("-")) {
                pictures.add(new Picture("-", path, ""));
            } else if (Files.isDirectory(path)) {
                skipped += addAll(path, pictures);
            } else if (Files.exists(path)) {
                pictures.add(new Picture(path.toString(), path, ""));
            } else {
                throw new Failure("there is no file " + path);
            }
        }
        return new Found(pictures, skipped);
    }

    /// @return how many files were no pictures
    private static int addAll(Path folder, List<Picture> pictures) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> !hidden(folder.relativize(file))).filter(Files::isRegularFile).sorted()
                    .toList();
        }
        int skipped = 0;
        for (Path file : files) {
            if (!isPicture(file)) {
                skipped++;
            } else {
                Path inside = folder.relativize(file);
                pictures.add(new Picture(file.toString(), file,
                        inside.getNameCount() > 1 ? inside.getName(0).toString() : ""));
            }
        }
        return skipped;
    }

    private static boolean hidden(Path inside) {
        for (Path name : inside) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /// By its first bytes; by its name where these tell nothing, so that a damaged picture is not overlooked.
    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) || beginsAsPicture(file);
    }

    private static boolean beginsAsPicture(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(16), StandardCharsets.ISO_8859_1);
            return BEGINNINGS.stream().anyMatch(start::startsWith) || start.startsWith("ftyp", 4)
                    || start.startsWith("RIFF") && start.startsWith("WEBP", 8);
        } catch (IOException e) {
            return false;
        }
    }
}
