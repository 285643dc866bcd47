package haricot.bucket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.drift.Field;
import haricot.local.host.BucketsOfTests;
import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(BucketsOfTests.class)
final class S3ReviewsTest {
    private static final Instant TIME = Instant.parse("2026-11-23T10:59:59.900Z");
    private static final Window DAY = Window.of(LocalDate.ofInstant(TIME, ZoneOffset.UTC));

    private final AtomicInteger next = new AtomicInteger();
    private S3Client client;
    private String name;
    private S3Bucket bucket;
    private S3Reviews reviews;

    @BeforeEach
    void makeBucket(BucketsOfTests.Place place) {
        client = place.client();
        name = place.name();
        bucket = new S3Bucket(client, name);
        reviews = new S3Reviews(bucket, new SteppingClock("2026-11-24T09:00:00Z"), () -> id(TIME));
    }

    @Test
    void readsBackWhatAFlagSays() {
        String id = flag(TIME, 31.5f, Decision.REVIEW);
        StoredFlag flag = reviews.find(id).orElseThrow();
        assertEquals("bean_rust", flag.label());
        assertEquals("review", flag.decision());
        assertEquals(List.of("unfamiliar"), flag.reasons());
        assertEquals(31.5, flag.distance(), 1e-6);
        assertEquals(1, flag.samplingProbability());
        assertEquals(Field.BEANS, flag.model());
        assertEquals(2, flag.probabilities().size());
    }

    @Test
    void findsAFlagThatWasMadeInTheHourAfterItsRequestCame() {
        String id = id(TIME);
        store(id, TIME.plusSeconds(2), 20, Decision.REVIEW);
        assertTrue(reviews.find(id).isPresent());
    }

    @Test
    void findsNothingUnderAnIdThatIsNone() {
        assertTrue(reviews.find("../../models/beans").isEmpty());
        assertTrue(reviews.find(id(TIME)).isEmpty());
    }

    @Test
    void listsWhatWaitsStrangestFirst() {
        String mild = flag(TIME, 12, Decision.REVIEW);
        String wild = flag(TIME, 40, Decision.REJECT);
        String seen = flag(TIME, 50, Decision.REVIEW);
        reviews.add(reviews.find(seen).orElseThrow(), "healthy", "");
        assertEquals(List.of(wild, mild), reviews.waiting(DAY).stream().map(StoredFlag::id).toList());
    }

    @Test
    void theLastWordCountsAndTheFirstIsKept() {
        StoredFlag flag = reviews.find(flag(TIME, 12, Decision.REVIEW)).orElseThrow();
        reviews.add(flag, "healthy", "");
        reviews.add(flag, Review.OTHER, "a bean pod");
        Map<String, Review> said = reviews.reviews(DAY, new ArrayList<>());
        assertEquals(Review.OTHER, said.get(flag.id()).label());
        assertEquals(2, bucket.list("reviews/dt=2026-11-23/" + flag.id() + "/").size());
    }

    @Test
    void forgetsThePictureAndTheFlag() {
        String id = flag(TIME, 12, Decision.REVIEW);
        String picture = "flagged-images/dt=2026-11-23/" + id + ".jpg";
        bucket.put(picture, "image/jpeg", new byte[]{1, 2, 3});
        assertArrayEquals(new byte[]{1, 2, 3}, bucket.read(picture).orElseThrow());
        assertTrue(reviews.forget(id));
        assertTrue(bucket.read(picture).isEmpty());
        assertTrue(reviews.find(id).isEmpty());
        assertFalse(reviews.forget(id));
    }

    private String flag(Instant time, float distance, Decision decision) {
        String id = id(time);
        store(id, time, distance, decision);
        return id;
    }

    private void store(String id, Instant time, float distance, Decision decision) {
        Verdict verdict = new Verdict(
                List.of(new Verdict.Ranked("bean_rust", 0.8f), new Verdict.Ranked("healthy", 0.2f)), true, 1, distance,
                0.99f, decision, List.of(Reason.UNFAMILIAR));
        Flag flag = new Flag(id, time, "", verdict, 1,
                new Flag.Picture("jpeg", 500, 500, new Prediction.Quality(0.5f, 0, 0.3f), 40_000, "00".repeat(32), ""),
                new Flag.Origin(Field.BEANS.name(), Field.BEANS.version(), Field.BEANS.sha256(), "7", "e1"));
        bucket.put(flag.key(), "application/json", flag.json().toString().getBytes(StandardCharsets.UTF_8));
    }

    private String id(Instant time) {
        String digits = "%012x".formatted(time.toEpochMilli());
        return digits.substring(0, 8) + "-" + digits.substring(8)
                + "-7000-8000-%012x".formatted(next.incrementAndGet());
    }
}
