package haricot.local.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.S3Reviews;
import haricot.bucket.Window;
import haricot.drift.S3Reports;
import haricot.local.host.EmbeddedS3;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

final class ReviewPageTest {
    /// Of 2026-11-23T10:30:00Z.
    private static final String ID = "01a207f4-9840-7000-8000-000000000001";
    private static final String FLAG = """
            {"schema":1,"id":"%s","time":"2026-11-23T10:30:00Z","decision":"review","reasons":["unfamiliar"],
             "label":"bean_rust","confidence":0.8,"flagged":true,"score":1,"distance":31.5,
             "probabilities":{"bean_rust":0.8,"healthy":0.2},"samplingProbability":1,
             "image":{"key":"flagged-images/dt=2026-11-23/%s.jpg"},
             "model":{"name":"beans","version":"1.0.0","sha256":"ab"}}""".formatted(ID, ID);
    private static final byte[] PICTURE = {1, 2, 3};

    @TempDir
    Path folder;
    private final HttpClient browser = HttpClient.newHttpClient();
    private EmbeddedS3 s3;
    private S3Client client;
    private S3Reviews reviews;
    private ReviewPage page;

    @BeforeEach
    void start() throws IOException {
        s3 = new EmbeddedS3(folder);
        client = s3.client();
        client.createBucket(create -> create.bucket("field"));
        client.putObject(put -> put.bucket("field").key("flags/dt=2026-11-23/hh=10/" + ID + ".json"),
                RequestBody.fromString(FLAG));
        client.putObject(put -> put.bucket("field").key("flagged-images/dt=2026-11-23/" + ID + ".jpg"),
                RequestBody.fromBytes(PICTURE));
        reviews = new S3Reports(client, "field", Clock.systemUTC(), () -> ID).reviews();
        page = new ReviewPage(reviews, reviews.waiting(Window.of(LocalDate.parse("2026-11-23"))));
    }

    @AfterEach
    void stop() {
        page.close();
        browser.close();
        client.close();
        s3.close();
    }

    @Test
    void showsWhatWaitsWithItsLabels() throws Exception {
        JsonNode list = new ObjectMapper().readTree(get("waiting").body());
        assertEquals(1, list.size());
        assertEquals(ID, list.get(0).get("id").asText());
        assertEquals("[\"bean_rust\",\"healthy\",\"other\"]", list.get(0).get("labels").toString());
        assertArrayEquals(PICTURE, get("picture/" + ID).body());
        assertTrue(new String(get("").body(), StandardCharsets.UTF_8).contains("<title>Haricot: review</title>"));
    }

    @Test
    void keepsWhatAPersonSays() throws Exception {
        assertEquals(204, post("{\"id\":\"" + ID + "\",\"label\":\"healthy\"}").statusCode());
        assertEquals(0, reviews.waiting(Window.of(LocalDate.parse("2026-11-23"))).size());
    }

    @Test
    void refusesALabelThatTheModelDoesNotKnow() throws Exception {
        assertEquals(400, post("{\"id\":\"" + ID + "\",\"label\":\"banana\"}").statusCode());
        assertEquals(400, post("{\"id\":\"x\",\"label\":\"healthy\"}").statusCode());
        assertEquals(1, reviews.waiting(Window.of(LocalDate.parse("2026-11-23"))).size());
    }

    @Test
    void showsNothingToWhoDoesNotKnowTheSecret() throws Exception {
        URI guessed = page.address().resolve("/00000000000000000000000000000000/waiting");
        assertEquals(404, browser.send(HttpRequest.newBuilder(guessed).build(), BodyHandlers.ofString()).statusCode());
        assertEquals(404, browser.send(HttpRequest.newBuilder(page.address().resolve("/")).build(),
                BodyHandlers.ofString()).statusCode());
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(page.address().resolve(path)).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String said) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(page.address().resolve("review"))
                .POST(BodyPublishers.ofString(said)).build(), BodyHandlers.ofString());
    }
}
