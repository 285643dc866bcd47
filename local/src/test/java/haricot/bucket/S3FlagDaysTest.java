package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.drift.Field;
import haricot.local.host.EmbeddedS3;
import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/// Days of flags, merged and single, in a real bucket.
final class S3FlagDaysTest {
    private static final Instant TIME = Instant.parse("2026-11-20T10:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-20");
    private static final Window DAYS = new Window(DAY.minusDays(1), DAY.plusDays(5));
    private static final String MERGED = "settled-flags/dt=2026-11-20/flags.jsonl.gz";

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    @TempDir
    static Path folder;
    private static EmbeddedS3 s3;
    private static S3Client client;
    private final AtomicInteger next = new AtomicInteger();
    private final String name = "field-" + BUCKETS.incrementAndGet();
    private final List<String> ids = new ArrayList<>();
    private final SteppingClock clock = new SteppingClock("2026-11-22T23:59:59Z");
    private S3Bucket bucket;
    private S3FlagDays days;

    @BeforeAll
    static void start() throws IOException {
        s3 = new EmbeddedS3(folder);
        client = s3.client();
    }

    @BeforeEach
    void fill() {
        client.createBucket(create -> create.bucket(name));
        bucket = new S3Bucket(client, name);
        days = new S3FlagDays(bucket, clock);
        for (int i = 0; i < 4; i++) {
            ids.add(put(TIME.plusSeconds(i)));
        }
        put(TIME.plusSeconds(3 * 86_400));
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
    }

    @Test
    void aDayIsMergedWhenNoFlagCanComeLateAndSaysTheSame() throws IOException {
        bucket.put("flags/dt=2026-11-20/hh=11/" + id(TIME) + ".json", "application/json",
                "{}".getBytes(StandardCharsets.UTF_8));
        List<Skipped> skipped = new ArrayList<>();
        Set<String> asked = new HashSet<>(ids.subList(0, 2));
        asked.add("%s".formatted(id(TIME, next.get())));
        S3FlagDays.Flags single = days.read(DAYS, asked, asked, skipped);
        assertTrue(bucket.read(MERGED).isEmpty());
        assertEquals(6, single.within(DAYS));
        assertEquals(5, single.within(Window.of(DAY)));
        assertEquals(3, single.waiting());
        assertEquals(ids.subList(0, 2), single.seen().stream().map(StoredFlag::id).toList());
        assertEquals(1, skipped.size());
        clock.set("2026-11-23T00:00:00Z");
        List<Skipped> again = new ArrayList<>();
        assertEquals(single, days.read(DAYS, asked, asked, again));
        assertEquals(5, lines().size());
        assertEquals(single, days.read(DAYS, asked, asked, again));
        assertEquals(List.of(skipped.getFirst(), skipped.getFirst()), again);
    }

    @Test
    void theMergedObjectIsAllThatIsReadAndGoesWhenTheFlagsHaveGone() {
        clock.set("2026-11-23T00:00:00Z");
        S3FlagDays.Flags merged = read();
        ids.forEach(id -> bucket.delete(Keys.flag(id, UuidV7.time(id).orElseThrow())));
        assertEquals(merged, read());
        assertTrue(bucket.read(MERGED).isEmpty());
        assertEquals(1, read().within(DAYS));
    }

    @Test
    void aForgottenFlagIsForgottenThereToo() throws IOException {
        clock.set("2026-11-23T00:00:00Z");
        read();
        assertTrue(new S3Reviews(bucket, clock, () -> "").forget(ids.get(1)));
        assertTrue(bucket.read(MERGED).isEmpty());
        assertEquals(3, read().within(Window.of(DAY)));
        assertFalse(String.join("", lines()).contains(ids.get(1)));
    }

    @Test
    void aRestoredFlagIsThereToo() throws IOException {
        clock.set("2026-11-23T00:00:00Z");
        read();
        Flag lost = flag(TIME.plusSeconds(50));
        assertEquals(S3LostFlags.Outcome.WRITTEN, new S3LostFlags(bucket).restore(new LoggedFlag(lost.id(), lost.time(),
                lost.json().toString().getBytes(StandardCharsets.UTF_8))));
        assertEquals(5, read().within(Window.of(DAY)));
        assertTrue(String.join("", lines()).contains(lost.id()));
    }

    @Test
    void whatIsForgottenWhileADayIsMergedDoesNotComeBack() throws IOException {
        clock.set("2026-11-23T00:00:00Z");
        try (S3Client meanwhile = new DelegatingS3Client(client) {
            @Override
            protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
                if (request instanceof PutObjectRequest put && put.key().equals(MERGED)) {
                    new S3Reviews(bucket, clock, () -> "").forget(ids.get(1));
                }
                return operation.apply(request);
            }

            @Override
            public void close() {
                // The client below serves the other tests.
            }
        }) {
            new S3FlagDays(new S3Bucket(meanwhile, name), clock).read(DAYS, Set.of(), Set.of(), new ArrayList<>());
        }
        assertTrue(bucket.read(MERGED).isEmpty());
        assertEquals(3, read().within(Window.of(DAY)));
        assertFalse(String.join("", lines()).contains(ids.get(1)));
    }

    @Test
    void aBrokenMergedObjectIsNamedAndTheDayReadFromItsFlags() {
        clock.set("2026-11-23T00:00:00Z");
        bucket.put(MERGED, "application/gzip", new byte[]{1, 2, 3});
        List<Skipped> skipped = new ArrayList<>();
        assertEquals(4, days.read(DAYS, Set.of(), Set.of(), skipped).within(Window.of(DAY)));
        assertEquals(List.of(MERGED), skipped.stream().map(Skipped::key).toList());
        assertEquals(Optional.of(3), bucket.read(MERGED).map(bytes -> bytes.length));
    }

    private S3FlagDays.Flags read() {
        return days.read(DAYS, Set.of(), Set.of(), new ArrayList<>());
    }

    private List<String> lines() throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bucket.read(MERGED).orElseThrow()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private String put(Instant time) {
        Flag flag = flag(time);
        bucket.put(flag.key(), "application/json", flag.json().toPrettyString().getBytes(StandardCharsets.UTF_8));
        return flag.id();
    }

    private Flag flag(Instant time) {
        Verdict verdict = new Verdict(List.of(new Verdict.Ranked("bean_rust", 0.8f)), true, 1, 20, 0.99f,
                Decision.REVIEW, List.of(Reason.UNFAMILIAR));
        return new Flag(id(time), time, "", verdict, 1,
                new Flag.Picture("jpeg", 500, 500, new Prediction.Quality(0.5f, 0, 0.3f), 40_000, "00".repeat(32), ""),
                new Flag.Origin(Field.BEANS.name(), Field.BEANS.version(), Field.BEANS.sha256(), "7", "e1"));
    }

    private String id(Instant time) {
        return id(time, next.incrementAndGet());
    }

    private static String id(Instant time, int number) {
        String digits = "%012x".formatted(time.toEpochMilli());
        return digits.substring(0, 8) + "-" + digits.substring(8) + "-7000-8000-%012x".formatted(number);
    }
}
