package haricot.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What runs over many pictures have left, read back.
public final class S3Runs {
    private final S3Bucket bucket;

    public S3Runs(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /// Says what a run will be about, before anything of it is there.
    public void begin(Run run) {
        bucket.put(Keys.run(run.run()), "application/json", Json.write(run));
    }

    /// What a run is about; empty where there is none.
    ///
    /// @param id of the run
    public Optional<Run> find(String id) {
        return UuidV7.time(id).flatMap(_ -> bucket.read(Keys.run(id))).map(json -> {
            try {
                return Json.read(json, Run.class);
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + Keys.run(id), e);
            }
        });
    }

    /// What it has answered, as if it had been one day's: its environment-hours are its chunks.
    public Day counted(Run run) {
        int hour = run.time().atOffset(ZoneOffset.UTC).getHour();
        List<Skipped> skipped = new ArrayList<>();
        List<Day.Stored> tallies = new ArrayList<>();
        List<String> keys = bucket.list(Keys.runTallies(run.run())).stream().map(S3Bucket.Entry::key)
                .filter(key -> Keys.talliedChunk(key).isPresent()).toList();
        bucket.each(keys, ObjectKind.TALLY, skipped,
                (key, json) -> tallies.add(new Day.Stored(key, hour, Tally.read(json))));
        return Day.empty(run.window().from()).plus(tallies, skipped);
    }

    /// The chunks that are whole, by name.
    public List<String> done(Run run) {
        return bucket.list(Keys.runTallies(run.run())).stream().map(S3Bucket.Entry::key).map(Keys::talliedChunk)
                .flatMap(Optional::stream).toList();
    }

    /// The keys of all of its flags, by id.
    public Map<String, String> flags(Run run) {
        Map<String, String> keys = new TreeMap<>();
        for (S3Bucket.Entry entry : bucket.list(Keys.runFlags(run.run()))) {
            Keys.runFlagId(entry.key()).ifPresent(id -> keys.put(id, entry.key()));
        }
        return keys;
    }

    /// Where the pictures of flags lie, by the flag's id.
    ///
    /// @param ids of flags of this run
    public Map<String, Source> sources(Run run, List<String> ids) {
        Map<String, Source> sources = new TreeMap<>();
        List<String> keys = ids.stream().map(id -> Keys.runFlag(run.run(), id)).toList();
        bucket.each(keys, ObjectKind.FLAG, new ArrayList<>(), (key, json) -> {
            JsonNode source = Json.read(json, JsonNode.class).path("source");
            sources.put(Keys.runFlagId(key).orElseThrow(), Source.read(source, source.path("bucket").asText()));
        });
        return sources;
    }

    /// A picture where the run found it, if it is still the same.
    ///
    /// @param most bytes that it may have
    public Optional<byte[]> photo(Source source, long most) {
        return bucket.photo(source, most);
    }

    /// Takes the flag and the line of an answer out of every run that began when its id says. Counts stay. A run of a
    /// million pictures is read whole for an answer without a flag: some minutes.
    ///
    /// @return false if there was neither
    boolean forget(String id) {
        Optional<Instant> began = UuidV7.time(id);
        boolean found = false;
        for (String run : bucket.folders(Keys.BACKFILL).stream().map(Keys::runId).flatMap(Optional::stream).toList()) {
            if (began.isPresent() && UuidV7.time(run).equals(began)) {
                found |= forget(run, id);
            }
        }
        return found;
    }

    private boolean forget(String run, String id) {
        String flag = Keys.runFlag(run, id);
        List<String> chunk = new ArrayList<>();
        bucket.each(List.of(flag), ObjectKind.FLAG, new ArrayList<>(),
                (_, json) -> chunk.add(Json.read(json, JsonNode.class).path("environment").asText()));
        Stream<String> results = chunk.isEmpty()
                ? bucket.list(Keys.results(run)).stream().map(S3Bucket.Entry::key)
                : chunk.stream().map(name -> Keys.results(run, name));
        boolean lined = results.anyMatch(key -> withoutLine(key, id));
        // Last: while the flag is there, it tells the chunk to whoever tries again.
        bucket.delete(flag);
        return lined || !chunk.isEmpty();
    }

    /// @return whether it had the line
    private boolean withoutLine(String key, String id) {
        List<ObjectNode> lines = new ArrayList<>();
        List<ObjectNode> rest = new ArrayList<>();
        bucket.each(List.of(key), ObjectKind.RESULTS, new ArrayList<>(),
                (_, object) -> lines.addAll(ResultLines.read(object)));
        lines.stream().filter(line -> !line.path("id").asText().equals(id)).forEach(rest::add);
        if (rest.size() == lines.size()) {
            return false;
        }
        bucket.put(key, "application/gzip", ResultLines.write(rest));
        return true;
    }
}
