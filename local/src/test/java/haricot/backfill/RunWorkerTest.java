package haricot.backfill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.BackfillHandler;
import haricot.RunWorker;
import haricot.S3Clients;
import haricot.Settings;
import haricot.api.Offline;
import haricot.bucket.Chunk;
import haricot.bucket.ResultLines;
import haricot.bucket.Source;
import haricot.bucket.Tally;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.local.host.TestModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// The worker as Lambda calls it, over photos in an S3 of files.
final class RunWorkerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BUCKET = "haricot";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;
    private static EmbeddedS3 s3;
    private static S3Client client;
    private static Map<String, String> settings;
    private final String photos = "photos-" + NUMBER.incrementAndGet();
    private final String run = "019dbf4b-1c2e-7a6f-9a52-00000000000" + NUMBER.get();

    @BeforeAll
    static void start() throws IOException {
        s3 = new EmbeddedS3(folder);
        client = s3.client();
        client.createBucket(create -> create.bucket(BUCKET));
        ModelUpload.Uploaded model = ModelUpload.put(client, BUCKET, TestModel.file());
        settings = Map.of("BUCKET", BUCKET, "MODEL_NAME", model.name(), "MODEL_VERSION", model.version(),
                "MODEL_SHA256", model.sha256(), "AUDIT_RATE", "0", "ORT_DISABLE_TELEMETRY", "1");
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
    }

    @Test
    void everyPictureGetsTheAnswerThatItGetsAnywhere() throws IOException {
        Map<String, byte[]> drawn = Photographs.drawn();
        Photographs.put(client, photos, drawn);
        Chunk chunk = Photographs.chunk(client, run, photos);
        JsonNode said = handle(worker(client), chunk);
        List<ObjectNode> lines = lines();
        assertEquals(chunk.objects().stream().map(Source::key).toList(),
                lines.stream().map(line -> line.at("/source/key").asText()).toList());
        int flagged = 0;
        try (Offline offline = new Offline(TestModel.file())) {
            for (ObjectNode line : lines) {
                ObjectNode elsewhere = offline.answer(drawn.get(line.at("/source/key").asText()));
                ObjectNode here = line.deepCopy();
                here.remove(List.of("schema", "time", "source", "id", "flag"));
                elsewhere.remove(List.of("clientId", "id", "flag"));
                assertEquals(elsewhere, here);
                String key = line.at("/flag/key").asText("");
                assertEquals(!line.get("decision").asText().equals("accept"), !key.isEmpty());
                if (!key.isEmpty()) {
                    JsonNode flag = JSON.readTree(object(key));
                    assertEquals("backfill/" + run + "/flags/" + line.get("id").asText() + ".json", key);
                    assertEquals(line.get("decision"), flag.get("decision"));
                    assertEquals(line.get("source"), flag.get("source"));
                    assertEquals("000001", flag.get("environment").asText());
                    flagged++;
                }
            }
        }
        Tally tally = tally();
        assertEquals(drawn.size(), tally.answered());
        assertEquals(flagged, tally.flags());
        assertEquals(drawn.size(), said.get("answered").asInt());
        assertEquals(tally.flagged(), said.get("flagged").asInt());
        assertEquals(List.of(), Photographs.all(client, BUCKET, "flags/").keySet().stream().toList());
        assertEquals(List.of(), Photographs.all(client, BUCKET, "tallies/").keySet().stream().toList());
    }

    @Test
    void whatCannotBeJudgedIsALineWithItsProblemAndOddKeysAreTakenAsTheyAre() throws IOException {
        byte[] leaf = Photographs.drawn().get("rust.jpg");
        byte[] film = new byte[1 << 20];
        System.arraycopy("\0\0\0\040ftypisom".getBytes(StandardCharsets.ISO_8859_1), 0, film, 0, 12);
        Map<String, byte[]> objects = new LinkedHashMap<>();
        List.of("a leaf.jpg", "Blätter/日本 — 叶.jpg", "100%/a%2Bb+c.jpg", "+&=?#;'(1)~.jpg", "no ending")
                .forEach(key -> objects.put(key, leaf));
        objects.put("problems/a-film.mp4", film);
        objects.put("problems/b-zero.jpg", new byte[0]);
        objects.put("problems/c-cut-off.jpg", Arrays.copyOf(leaf, leaf.length / 2));
        objects.put("problems/d-poison.png", pngHeader(30_000, 30_000));
        objects.put("problems/e-text.jpg", "not a picture".getBytes(StandardCharsets.UTF_8));
        objects.put("problems/f-changed.jpg", leaf);
        objects.put("problems/g-gone.jpg", leaf);
        Photographs.put(client, photos, objects);
        Chunk chunk = Photographs.chunk(client, run, photos);
        client.putObject(put -> put.bucket(photos).key("problems/f-changed.jpg"),
                RequestBody.fromBytes(Photographs.drawn().get("healthy.jpg")));
        client.deleteObject(delete -> delete.bucket(photos).key("problems/g-gone.jpg"));
        handle(worker(client), chunk);
        Map<String, String> said = new TreeMap<>();
        for (ObjectNode line : lines()) {
            assertEquals(run.substring(0, 13), line.get("id").asText().substring(0, 13));
            said.put(line.at("/source/key").asText(),
                    line.has("problem") ? line.at("/problem/code").asText() : line.get("decision").asText());
        }
        String whole = said.get("a leaf.jpg");
        Map<String, String> expected = new TreeMap<>();
        objects.keySet().forEach(key -> expected.put(key, whole));
        expected.put("problems/a-film.mp4", "unsupported-format");
        expected.put("problems/b-zero.jpg", "empty-body");
        expected.put("problems/c-cut-off.jpg", "truncated");
        expected.put("problems/d-poison.png", "too-many-pixels");
        expected.put("problems/e-text.jpg", "unsupported-format");
        expected.put("problems/f-changed.jpg", "changed");
        expected.put("problems/g-gone.jpg", "not-found");
        assertEquals(expected, said);
        Tally tally = tally();
        assertEquals(5, tally.answered());
        assertEquals(Map.of("unsupported-format", 2L, "empty-body", 1L, "truncated", 1L, "too-many-pixels", 1L,
                "changed", 1L, "not-found", 1L), tally.errors());
    }

    @Test
    void killedAnywhereAndDoneAgainItCountsOnce() throws IOException {
        Map<String, byte[]> some = new LinkedHashMap<>(Photographs.drawn());
        some.keySet().removeIf(name -> !name.startsWith("leaf-"));
        Photographs.put(client, photos, some);
        Chunk chunk = Photographs.chunk(client, run, photos);
        Dying dying = new Dying(client, Integer.MAX_VALUE);
        RunWorker worker = worker(dying);
        handle(worker, chunk);
        Map<String, byte[]> undisturbed = left();
        undisturbed.keySet().forEach(key -> client.deleteObject(delete -> delete.bucket(BUCKET).key(key)));
        for (int survived = 0; survived < undisturbed.size(); survived++) {
            dying.left().set(survived);
            assertThrows(Killed.class, () -> handle(worker, chunk));
            assertTrue(left().keySet().stream().noneMatch(key -> key.contains("/tallies/")), "it looks whole");
        }
        dying.left().set(Integer.MAX_VALUE);
        handle(worker, chunk);
        handle(worker, chunk);
        Map<String, byte[]> again = left();
        assertEquals(undisturbed.keySet(), again.keySet());
        undisturbed.forEach((key, bytes) -> {
            if (!key.contains("/tallies/")) {
                assertArrayEquals(bytes, again.get(key), key);
            }
        });
        assertEquals(some.size(), tally().answered());
    }

    @Test
    void throttlingIsWaitedForAndARefusalThatLastsFailsTheWholeChunk() throws IOException {
        Photographs.put(client, photos, Map.of("leaf.png", Photographs.drawn().get("leaf-rust.png"), "other.jpg",
                Photographs.drawn().get("night.jpg")));
        Chunk chunk = Photographs.chunk(client, run, photos);
        try (SlowDown front = new SlowDown(s3.address().getPort());
                S3Client patient = s3.configure(S3Clients.persistent(true)).endpointOverride(front.address()).build()) {
            RunWorker worker = worker(patient);
            front.refuse(3);
            handle(worker, chunk);
            assertEquals(0, front.left());
            assertEquals(2, tally().answered());
        }
        left().keySet().forEach(key -> client.deleteObject(delete -> delete.bucket(BUCKET).key(key)));
        try (SlowDown front = new SlowDown(s3.address().getPort());
                S3Client brief = s3.configure(S3Clients.client(true)).endpointOverride(front.address()).build()) {
            RunWorker worker = worker(brief);
            front.refuse(1_000);
            SdkException refused = assertThrows(SdkException.class, () -> handle(worker, chunk));
            assertTrue(refused.getMessage() != null);
            assertEquals(Map.of(), left());
        }
    }

    @Test
    void onePictureWithoutAccessIsALineAndAllOfThemAreAFailure() throws IOException {
        RunWorker blind = RunWorker.unfrozen(Settings.from(settings), client,
                _ -> new Photo.Missing(Obstacle.NO_ACCESS, "No."), 1, Clock.systemUTC());
        Source one = new Source(photos, "one.jpg", "e", "");
        NoAccess refused = assertThrows(NoAccess.class, () -> blind.work(
                new Chunk(run, Chunk.name(1), photos, List.of(one, new Source(photos, "two.jpg", "e", "")))));
        assertTrue(refused.getMessage().contains("any of the 2 pictures of chunk 000001 in " + photos));
        assertEquals(Map.of(), left());
        blind.work(new Chunk(run, Chunk.name(1), photos, List.of(one)));
        assertEquals("no-access", lines().getFirst().at("/problem/code").asText());
    }

    @Test
    void auditsFollowFromTheRunAndThePicture() throws IOException {
        byte[] rust = Photographs.drawn().get("rust.jpg");
        Map<String, byte[]> many = new LinkedHashMap<>();
        // Of so many fair draws, one in a billion rounds gives all or none.
        for (int i = 0; i < 31; i++) {
            many.put("leaf-" + i, rust);
        }
        Photographs.put(client, photos, many);
        Chunk chunk = Photographs.chunk(client, run, photos);
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put("AUDIT_RATE", "0.5");
        RunWorker audited = RunWorker.unfrozen(Settings.from(changed), client, new S3Photos(client), 1,
                Clock.systemUTC());
        handle(audited, chunk);
        List<String> first = audits();
        long accepted = lines().stream().filter(line -> line.path("decision").asText().equals("accept")).count();
        handle(audited, chunk);
        assertEquals(first, audits());
        assertTrue(!first.isEmpty() && first.size() < accepted, first.size() + " of " + accepted);
    }

    private List<String> audits() throws IOException {
        return lines().stream().filter(line -> line.path("reasons").toString().contains("audit"))
                .map(line -> line.get("id").asText()).toList();
    }

    private RunWorker worker(S3Client s3Client) {
        return RunWorker.unfrozen(Settings.from(settings), s3Client, new S3Photos(s3Client), 2, Clock.systemUTC());
    }

    private static JsonNode handle(RunWorker worker, Chunk chunk) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new BackfillHandler(worker).handleRequest(
                new ByteArrayInputStream(chunk.json().toString().getBytes(StandardCharsets.UTF_8)), answer, null);
        return JSON.readTree(answer.toByteArray());
    }

    private List<ObjectNode> lines() throws IOException {
        return ResultLines.read(object("results/run=" + run + "/000001.jsonl.gz"));
    }

    private Tally tally() throws IOException {
        return Tally.read(object("backfill/" + run + "/tallies/000001.json"));
    }

    private Map<String, byte[]> left() {
        Map<String, byte[]> left = Photographs.all(client, BUCKET, "backfill/" + run + "/");
        left.putAll(Photographs.all(client, BUCKET, "results/run=" + run + "/"));
        return left;
    }

    private static byte[] object(String key) {
        return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
    }

    /// A PNG that says that it is so large, and holds nothing.
    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width)
                .putInt(height).put(new byte[]{8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array());
        return ByteBuffer.allocate(64).put(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'}).putInt(13)
                .put(header.array()).putInt((int) crc.getValue()).array();
    }

    /// As if the process had been ended.
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Writes so many objects, and then the process is gone.
    private record Dying(S3Client s3, AtomicInteger left) implements S3Client {
        Dying(S3Client s3, int left) {
            this(s3, new AtomicInteger(left));
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            if (left.getAndDecrement() <= 0) {
                throw new Killed();
            }
            return s3.putObject(request, body);
        }

        @Override
        public <T> T getObject(GetObjectRequest request,
                ResponseTransformer<GetObjectResponse, T> to) {
            return s3.getObject(request, to);
        }

        @Override
        public String serviceName() {
            return s3.serviceName();
        }

        @Override
        public void close() {}
    }
}
