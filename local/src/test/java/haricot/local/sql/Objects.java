package haricot.local.sql;

import haricot.bucket.Flag;
import haricot.bucket.Observations;
import haricot.bucket.Tally;
import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// One object of each kind, made by the code that makes them in production, and put as files.
final class Objects {
    private Objects() {}

    static Flag flag(Instant time, int number, String label) {
        Verdict verdict = new Verdict(
                List.of(new Verdict.Ranked(label, 0.8f), new Verdict.Ranked("healthy", 0.2f)), true, 1, 31.5f,
                0.99f, Decision.REVIEW, List.of(Reason.UNFAMILIAR, Reason.BLURRED));
        String digits = "%012x".formatted(time.toEpochMilli());
        return new Flag(digits.substring(0, 8) + "-" + digits.substring(8) + "-7000-8000-%012x".formatted(number), time,
                "clara", verdict, 1,
                new Flag.Picture("jpeg", 500, 400, new Prediction.Quality(0.5f, 0, 0.3f), 40_000, "00".repeat(32), ""),
                new Flag.Origin("beans", "1.0.0", "ab".repeat(32), "7", "e1"));
    }

    static Tally tally() {
        return Observations.NOTHING.plus(Observations.accepted("a", "healthy", 0.9f))
                .plus(Observations.strange("b", 40)).plusError("too-large");
    }

    static String review(String flag) {
        return "{\"schema\":1,\"flag\":\"" + flag
                + "\",\"label\":\"other\",\"time\":\"2026-11-24T10:00:00Z\",\"note\":\"a pod\"}";
    }

    static Path put(Path bucket, String key, String content) throws IOException {
        return put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path put(Path bucket, String key, byte[] content) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
