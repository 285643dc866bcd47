package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.UuidV7;
import haricot.drift.S3Reports;
import haricot.local.host.DataFolder;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/// "This is wrong": what a caller may say of an answer, and where it goes.
class ClaimsTest {
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz";

    @TempDir
    static Path data;

    private static Laptop laptop;

    @BeforeAll
    static void start() throws IOException {
        laptop = Laptop.start(data, Laptop.With.DEFAULTS.settings(Map.of("CLAIMS", "on")).apiKey(KEY));
    }

    @AfterAll
    static void stop() {
        laptop.close();
    }

    @Test
    void aClaimIsKeptUnderTheDayOfItsAnswer() throws Exception {
        String answer = id(Duration.ofHours(1));
        HttpResponse<String> response = claim(answer, "healthy");
        assertEquals(201, response.statusCode(), response.body());
        JsonNode said = Laptop.json(response);
        String key = "claims/dt=" + LocalDate.ofInstant(UuidV7.time(answer).orElseThrow(), ZoneOffset.UTC) + "/"
                + answer
                + "/" + said.get("id").asText() + ".json";
        JsonNode kept = new ObjectMapper().readTree(Files.readString(laptop.bucket().resolve(key)));
        assertEquals("healthy", kept.get("label").asText());
        assertEquals(answer, kept.get("answer").asText());
        assertEquals(List.of(), laptop.keys("flags/").stream().filter(flag -> flag.contains(answer)).toList());
    }

    @Test
    void itsPictureIsKeptUnderItsOwnIdWherePicturesAre() throws Exception {
        Path folder = Files.createDirectory(data.resolve("keeping"));
        try (Laptop keeping = Laptop.start(folder,
                Laptop.With.DEFAULTS.settings(Map.of("CLAIMS", "on", "KEEP_IMAGES", "flagged")))) {
            assertTrue(Laptop.json(keeping.get("v1/model")).get("claimImages").asBoolean());
            String answer = id(Duration.ofMinutes(1));
            JsonNode claim = Laptop.json(keeping.send(keeping.request("v1/claims").POST(withPicture(answer))));
            assertTrue(claim.get("imageKept").asBoolean(), claim.toString());
            List<String> pictures = keeping.keys("flagged-images/");
            assertEquals(1, pictures.size());
            assertTrue(pictures.getFirst().endsWith("/" + claim.get("id").asText() + ".jpg"), pictures.toString());
            assertEquals(400, keeping.send(keeping.request("v1/claims").POST(BodyPublishers.ofString(
                    "{\"id\": \"" + answer + "\", \"label\": \"other\", \"image\": \"AAAA\"}"))).statusCode() / 100
                    * 100);
            try (S3Client s3 = keeping.s3()) {
                assertTrue(new S3Reports(s3, DataFolder.BUCKET, Clock.systemUTC(), () -> answer).reviews()
                        .forget(answer));
            }
            assertEquals(List.of(), keeping.keys("flagged-images/"));
        }
    }

    @Test
    void itsPictureIsNotKeptWhereNoneAre() throws Exception {
        JsonNode claim = Laptop.json(laptop.send(laptop.request("v1/claims").header("x-api-key", KEY)
                .POST(withPicture(id(Duration.ofMinutes(2))))));
        assertFalse(claim.get("imageKept").asBoolean(), claim.toString());
        assertEquals(List.of(), laptop.keys("flagged-images/"));
        assertFalse(Laptop.json(laptop.get("v1/model")).get("claimImages").asBoolean());
    }

    private static HttpRequest.BodyPublisher withPicture(String answer) throws IOException {
        String image = Base64.getEncoder().encodeToString(Files.readAllBytes(TestModel.drawn("leaf-rust")));
        return BodyPublishers
                .ofString("{\"id\": \"" + answer + "\", \"label\": \"healthy\", \"image\": \"" + image + "\"}");
    }

    @Test
    void itIsForgottenWithItsAnswer() throws Exception {
        String answer = id(Duration.ofMinutes(5));
        claim(answer, "other");
        claim(answer, "bean_rust");
        assertEquals(2, laptop.keys("claims/").stream().filter(key -> key.contains(answer)).count());
        try (S3Client s3 = laptop.s3()) {
            S3Reports reports = new S3Reports(s3, DataFolder.BUCKET, Clock.systemUTC(), () -> answer);
            assertTrue(reports.reviews().forget(answer));
            assertFalse(reports.reviews().forget(answer));
        }
        assertEquals(0, laptop.keys("claims/").stream().filter(key -> key.contains(answer)).count());
    }

    @Test
    void whatIsNoAnswerOfTheLastDayIsRefused() throws Exception {
        for (String id : List.of("x", "0192f3a4-0000-4000-8000-000000000000", id(Duration.ofHours(25)),
                id(Duration.ofHours(-1)), "../../models/beans")) {
            assertRefused(400, "invalid-field", "/id", claim(id, "healthy"));
        }
    }

    @Test
    void aLabelThatTheModelDoesNotHaveIsRefusedWithThoseThatItHas() throws Exception {
        HttpResponse<String> response = claim(id(Duration.ZERO), "banana");
        assertRefused(400, "invalid-field", "/label", response);
        assertTrue(response.body().contains("angular_leaf_spot, bean_rust, healthy, other"), response.body());
    }

    @Test
    void otherBodiesAreRefusedByWhatIsWrongWithThem() throws Exception {
        assertRefused(400, "empty-body", "", post(""));
        assertRefused(400, "malformed-json", "", post("[1]"));
        assertRefused(400, "malformed-json", "", post("{\"id\": \"a\", \"id\": \"b\"}"));
        assertRefused(400, "unknown-field", "/picture", post("{\"id\": \"a\", \"label\": \"b\", \"picture\": \"\"}"));
        assertRefused(400, "invalid-field", "/image", post("{\"id\": \"a\", \"label\": \"b\", \"image\": \"\"}"));
        assertRefused(400, "bad-base64", "/image", post("{\"id\": \"a\", \"label\": \"b\", \"image\": \"a?\"}"));
        assertRefused(400, "invalid-field", "/label", post("{\"id\": \"a\", \"label\": 3}"));
        assertRefused(413, "too-large", "", post("{\"id\": \"" + "a".repeat(5_000) + "\"}"));
    }

    @Test
    void theKeyOfTheServiceIsAskedFor() throws Exception {
        HttpResponse<String> response = laptop.send(laptop.request("v1/claims").POST(BodyPublishers.ofString("{}")));
        assertRefused(403, "api-key", "", response);
    }

    @Test
    void noTallyKnowsOfClaims() throws Exception {
        List<String> before = laptop.keys("tallies/");
        claim(id(Duration.ZERO), "healthy");
        post("{}");
        assertEquals(before, laptop.keys("tallies/"));
    }

    @Test
    void aServiceTakesNoneUnlessItIsSetTo() throws Exception {
        try (Laptop closed = Laptop.start(Files.createDirectory(data.resolve("closed")))) {
            HttpResponse<String> response = closed.send(closed.request("v1/claims")
                    .POST(BodyPublishers.ofString("{\"id\": \"" + id(Duration.ZERO) + "\", \"label\": \"healthy\"}")));
            assertRefused(404, "not-found", "", response);
            assertFalse(Laptop.json(closed.get("v1/model")).get("claims").asBoolean());
        }
        assertTrue(Laptop.json(laptop.get("v1/model")).get("claims").asBoolean());
    }

    private static String id(Duration ago) {
        return new UuidV7(Clock.offset(Clock.systemUTC(), ago.negated()), new SecureRandom()).next();
    }

    private static HttpResponse<String> claim(String id, String label) throws IOException, InterruptedException {
        return post("{\"id\": \"" + id + "\", \"label\": \"" + label + "\"}");
    }

    private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return laptop.send(laptop.request("v1/claims").header("x-api-key", KEY)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static void assertRefused(int status, String code, String pointer, HttpResponse<String> response)
            throws IOException {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(code, Laptop.json(response).get("code").asText(), response.body());
        assertEquals(pointer, Laptop.json(response).path("pointer").asText(""), response.body());
    }
}
