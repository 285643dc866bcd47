package haricot.local.watch;

import haricot.bucket.Review;
import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
import haricot.bucket.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What people said of flagged pictures, as a table and as folders of labelled pictures, which training programs read.
final class ReviewExport {
    static final String LIST = "reviews.csv";

    private ReviewExport() {}

    /// @param window on whose days the flags were written
    /// @param flags keys by id
    /// @return how many pictures were written
    static int write(Path folder, S3Reviews reviews, Window window, Map<String, String> flags, FlagPictures pictures)
            throws IOException {
        Map<String, Review> said = reviews.reviews(window, new ArrayList<>());
        List<String> keys = said.keySet().stream().filter(flags::containsKey).map(flags::get).toList();
        List<String> lines = new ArrayList<>(
                List.of("id,time,model,version,decision,reasons,answer,confidence,truth,note,picture"));
        Files.createDirectories(folder);
        int written = 0;
        for (StoredFlag flag : reviews.read(keys, new ArrayList<>())) {
            Review review = said.get(flag.id());
            Optional<byte[]> picture = review.telling() ? pictures.of(flag) : Optional.empty();
            String file = name(review.label()) + "/" + name(flag.id()) + ".jpg";
            if (picture.isPresent()) {
                Files.createDirectories(folder.resolve(name(review.label())));
                Files.write(folder.resolve(file), picture.get());
                written++;
            }
            lines.add(line(flag, review, picture.isPresent() ? file : ""));
        }
        Files.writeString(folder.resolve(LIST), String.join("\n", lines) + "\n");
        return written;
    }

    private static String line(StoredFlag flag, Review review, String file) {
        return List.of(flag.id(), flag.time().toString(), flag.model().name(), flag.model().version(), flag.decision(),
                String.join(" ", flag.reasons()), flag.label(), Double.toString(flag.confidence()), review.label(),
                review.note(), file).stream().map(ReviewExport::cell).collect(Collectors.joining(","));
    }

    /// RFC 4180. A spreadsheet would take a cell that begins with one of these for a formula.
    private static String cell(String text) {
        String plain = text.matches("(?s)[=+@\\t-].*") ? "'" + text : text;
        return plain.matches("(?s).*[\",\\r\\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    /// A label may hold anything; a folder's name may not.
    private static String name(String label) {
        String safe = label.replaceAll("[^\\p{L}\\p{N}._ -]", "_");
        return safe.startsWith(".") ? "_" + safe : safe;
    }
}
