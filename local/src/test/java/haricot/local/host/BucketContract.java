package haricot.local.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What Haricot needs of S3, for every S3 that it runs on: a subclass says which.
abstract class BucketContract {
    private final String prefix = "contract/" + UUID.randomUUID() + "/";

    /// The S3 to hold to the contract.
    abstract S3Client s3();

    /// A bucket that is there.
    abstract String bucket();

    @Test
    void anObjectIsReadAsItWasWritten() {
        put("a/b=1/c.json", "{\"a\": \"é\"}");
        assertEquals("{\"a\": \"é\"}", get("a/b=1/c.json"));
    }

    @Test
    void anObjectThatIsNotThereIsMissed() {
        assertThrows(NoSuchKeyException.class, () -> get("nowhere"));
    }

    @Test
    void aPlainPutOverwritesWhole() {
        put("tally", "a long first version");
        put("tally", "short");
        assertEquals("short", get("tally"));
    }

    @Test
    void aConditionalPutNeverOverwrites() {
        put(PutObjectRequest.builder().ifNoneMatch("*"), "model", "first");
        S3Exception refused = assertThrows(S3Exception.class,
                () -> put(PutObjectRequest.builder().ifNoneMatch("*"), "model", "second"));
        assertEquals(412, refused.statusCode());
        assertEquals("first", get("model"));
    }

    @Test
    void oneOfManyConditionalPutsWins() throws Exception {
        List<Callable<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String mine = "racer " + i;
            racers.add(() -> wins(mine));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(racers.size())) {
            int winners = 0;
            for (Future<Boolean> racer : threads.invokeAll(racers)) {
                winners += racer.get() ? 1 : 0;
            }
            assertEquals(1, winners);
        }
    }

    private boolean wins(String mine) {
        try {
            put(PutObjectRequest.builder().ifNoneMatch("*"), "race", mine);
            return true;
        } catch (S3Exception e) {
            assertTrue(e.statusCode() == 412 || e.statusCode() == 409, e.getMessage());
            return false;
        }
    }

    @Test
    void aListingIsInTheOrderOfKeysAndPages() {
        for (int i = 0; i < 25; i++) {
            put("flags/dt=2026-01-%02d/hh=00/x.json".formatted(25 - i), "{}");
        }
        put("other/x.json", "{}");
        List<String> keys = s3()
                .listObjectsV2Paginator(list -> list.bucket(bucket()).prefix(prefix + "flags/").maxKeys(10)).contents()
                .stream().map(S3Object::key).toList();
        assertEquals(25, keys.size());
        assertEquals(keys.stream().sorted().toList(), keys);
        assertEquals(prefix + "flags/dt=2026-01-01/hh=00/x.json", keys.getFirst());
    }

    @Test
    void aListingSeesNothingOfALongerName() {
        put("dt=2026-01-1/x", "{}");
        put("dt=2026-01-11/x", "{}");
        assertEquals(1, s3().listObjectsV2(list -> list.bucket(bucket()).prefix(prefix + "dt=2026-01-1/")).keyCount());
    }

    @Test
    void aDeletedObjectIsGoneAndDeletingTwiceIsFine() {
        put("gone", "x");
        s3().deleteObject(delete -> delete.bucket(bucket()).key(prefix + "gone"));
        s3().deleteObject(delete -> delete.bucket(bucket()).key(prefix + "gone"));
        assertThrows(NoSuchKeyException.class, () -> get("gone"));
        assertFalse(s3().listObjectsV2(list -> list.bucket(bucket()).prefix(prefix + "gone")).hasContents());
    }

    private void put(String key, String text) {
        put(PutObjectRequest.builder(), key, text);
    }

    private void put(PutObjectRequest.Builder put, String key, String text) {
        s3().putObject(put.bucket(bucket()).key(prefix + key).contentType("application/json").build(),
                RequestBody.fromString(text));
    }

    private String get(String key) {
        return s3().getObjectAsBytes(get -> get.bucket(bucket()).key(prefix + key)).asUtf8String();
    }
}
