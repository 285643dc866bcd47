package haricot.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A flag that S3 refused, as the log holds it.
///
/// Nothing that a line says becomes a key: a key is made of an id and a time that fit each other.
///
/// @param json the flag's own fields and no others
public record LoggedFlag(String id, Instant time, byte[] json) {
    private static final String EVENT = "flag-not-stored";
    private static final List<String> FIELDS = List.of("schema", "id", "time", "decision", "reasons", "label",
            "confidence", "flagged", "score", "distance", "probabilities", "samplingProbability", "image", "model",
            "functionVersion", "environment");
    /// No request takes longer on Lambda.
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /// Reads a line of the log, or of what tools make of it: with a time before it, as a text inside JSON (`aws logs
    /// filter-log-events`), or in CSV.
    ///
    /// @return empty if the line tells of something else
    /// @throws IOException if it tells of a flag that is none
    public static Optional<LoggedFlag> of(String line) throws IOException {
        int event = line.indexOf(EVENT);
        int start = event < 0 ? -1 : line.lastIndexOf('{', event);
        if (start < 0) {
            return Optional.empty();
        }
        JsonNode logged = Json.first(plain(line.substring(start)));
        if (!logged.path("event").asText().equals(EVENT)) {
            return Optional.empty();
        }
        if (!(logged.path("flag") instanceof ObjectNode flag)) {
            throw new IOException("it holds no flag");
        }
        StoredFlag read = StoredFlag.of(flag);
        Instant came = UuidV7.time(read.id()).orElseThrow(() -> new IOException("its id is none"));
        if (read.time().isBefore(came) || read.time().isAfter(came.plus(LONGEST))) {
            throw new IOException("its time is not that of its id");
        }
        byte[] json = Json.write(flag.retain(FIELDS));
        if (json.length > ObjectKind.FLAG.most()) {
            throw new IOException("it is too large for a flag");
        }
        return Optional.of(new LoggedFlag(read.id(), read.time(), json));
    }

    /// The JSON as the function wrote it.
    private static String plain(String text) throws IOException {
        if (text.startsWith("{\\\"")) {
            return Json.first("\"" + text).asText();
        }
        return text.startsWith("{\"\"") ? text.replace("\"\"", "\"") : text;
    }
}
