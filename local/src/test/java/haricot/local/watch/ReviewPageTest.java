package haricot.local.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.S3Reviews;
import haricot.bucket.UuidV7;
import haricot.bucket.Window;
import haricot.drift.Fields;
import haricot.drift.S3Reports;
import haricot.local.host.EmbeddedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
             "model":{"name":"beans","version":"1.0.0","sha256":"%s"}}""".formatted(ID, ID, "ab".repeat(32));
    private static final String OTHER = "01a207f4-9840-7000-8000-000000000002";
    private static final Window DAY = Window.of(LocalDate.parse("2026-11-23"));
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
        claim(ID, "healthy");
        claim(OTHER, "other");
        reviews = new S3Reports(client, "field", Clock.systemUTC(),
                new UuidV7(Clock.systemUTC(), new SecureRandom())::next).reviews();
        page = new ReviewPage(reviews, new KeptPictures(reviews), reviews.waiting(DAY), reviews.claims(DAY));
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
        assertEquals(1, list.get("flags").size());
        JsonNode flag = list.get("flags").get(0);
        assertEquals(ID, flag.get("id").asText());
        assertEquals("[\"bean_rust\",\"healthy\",\"other\",\"cannot-tell\"]", flag.get("labels").toString());
        assertEquals("[\"healthy\"]", flag.get("claims").toString());
        assertEquals(OTHER, list.get("claims").get(0).get("id").asText());
        assertArrayEquals(PICTURE, get("picture/" + ID).body());
        assertTrue(new String(get("").body(), StandardCharsets.UTF_8).contains("<title>Haricot: review</title>"));
    }

    @Test
    void keepsWhatAPersonSays() throws Exception {
        assertEquals(204, post("{\"id\":\"" + ID + "\",\"label\":\"healthy\"}").statusCode());
        assertEquals(0, reviews.waiting(DAY).size());
    }

    @Test
    void whatWasSaidCanBeTakenBack() throws Exception {
        assertEquals(204, post("{\"id\":\"" + ID + "\",\"label\":\"healthy\",\"note\":\"a pod, too\"}").statusCode());
        assertEquals("a pod, too", reviews.reviews(DAY, new ArrayList<>()).get(ID).note());
        assertEquals(204, send("undo", "{\"id\":\"" + ID + "\"}").statusCode());
        assertEquals(1, reviews.waiting(DAY).size());
        assertEquals(400, send("undo", "{\"id\":\"" + ID + "\"}").statusCode());
    }

    @Test
    void isExportedAsATableAndAsLabelledPictures() throws Exception {
        post("{\"id\":\"" + ID + "\",\"label\":\"healthy\",\"note\":\"=1, \\\"a\\\"\"}");
        Path out = folder.resolve("out");
        assertEquals(1, ReviewExport.write(out, reviews, DAY, reviews.flags(DAY), new KeptPictures(reviews)));
        assertArrayEquals(PICTURE, Files.readAllBytes(out.resolve("healthy/" + ID + ".jpg")));
        List<String> lines = Files.readAllLines(out.resolve("reviews.csv"));
        assertEquals(ID + ",2026-11-23T10:30:00Z,beans,1.0.0,review,unfamiliar,bean_rust,0.8,healthy,"
                + "\"'=1, \"\"a\"\"\",healthy/" + ID + ".jpg", lines.get(1));
    }

    @Test
    void aPictureOfWhichNobodyCanTellTeachesNothing() throws Exception {
        post("{\"id\":\"" + ID + "\",\"label\":\"cannot-tell\"}");
        assertEquals(0, reviews.waiting(DAY).size());
        assertEquals(0,
                ReviewExport.write(folder.resolve("out"), reviews, DAY, reviews.flags(DAY), new KeptPictures(reviews)));
    }

    @Test
    void aReportOnThisComputerShowsThePictureAndLinksHere() throws Exception {
        ReviewAddress address = ReviewAddress.of(folder, "");
        address.keep(page.address());
        Path file = folder.resolve("strangest.html");
        PicturesPage.write(file, Fields.strange(ID), reviews, address.read());
        String written = Files.readString(file);
        assertTrue(written.contains("src=\"data:image/jpeg;base64,AQID\""), "the kept picture");
        assertTrue(written.contains(page.address() + "#" + ID), "the way to its review");
    }

    @Test
    void aReviewOfVersionOneIsStillRead() {
        client.putObject(put -> put.bucket("field").key("reviews/dt=2026-11-23/" + ID + "/" + OTHER + ".json"),
                RequestBody.fromString("{\"schema\":1,\"flag\":\"" + ID
                        + "\",\"label\":\"healthy\",\"time\":\"2026-11-23T11:00:00Z\"}"));
        assertEquals("", reviews.reviews(DAY, new ArrayList<>()).get(ID).note());
    }

    private void claim(String answer, String label) {
        client.putObject(put -> put.bucket("field").key("claims/dt=2026-11-23/" + answer + "/" + ID + ".json"),
                RequestBody.fromString("{\"schema\":1,\"id\":\"" + ID + "\",\"answer\":\"" + answer + "\",\"label\":\""
                        + label + "\",\"time\":\"2026-11-23T10:31:00Z\"}"));
    }

    @Test
    void refusesALabelThatTheModelDoesNotKnow() throws Exception {
        assertEquals(400, post("{\"id\":\"" + ID + "\",\"label\":\"banana\"}").statusCode());
        assertEquals(400, post("{\"id\":\"x\",\"label\":\"healthy\"}").statusCode());
        assertEquals(1, reviews.waiting(DAY).size());
    }

    @Test
    void showsNothingToWhoDoesNotKnowTheSecret() throws Exception {
        URI guessed = page.address().resolve("/00000000000000000000000000000000/waiting");
        assertEquals(404, browser.send(HttpRequest.newBuilder(guessed).build(), BodyHandlers.ofString()).statusCode());
        assertEquals(404, browser.send(HttpRequest.newBuilder(page.address().resolve("/")).build(),
                BodyHandlers.ofString()).statusCode());
    }

    @Test
    void answersOnlyUnderItsOwnNameAndItsOwnPage() throws Exception {
        int port = page.address().getPort();
        String path = page.address().getPath() + "waiting";
        assertEquals("HTTP/1.1 200 OK", raw("GET " + path, "Host: 127.0.0.1:" + port, ""));
        assertEquals("HTTP/1.1 200 OK", raw("GET " + path, "Host: localhost:" + port, ""));
        for (String host : List.of("evil.example", "evil.example:" + port, "127.0.0.1", "127.0.0.1:1")) {
            assertEquals("HTTP/1.1 403 Forbidden", raw("GET " + path, "Host: " + host, ""), host);
        }
        String review = "POST " + page.address().getPath() + "review";
        String said = "{\"id\":\"" + ID + "\",\"label\":\"healthy\"}";
        String here = "Host: 127.0.0.1:" + port + "\r\n";
        for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
            assertEquals("HTTP/1.1 403 Forbidden", raw(review, here + "Origin: " + origin, said), origin);
        }
        assertEquals("HTTP/1.1 204 No Content", raw(review, here + "Origin: http://127.0.0.1:" + port, said));
    }

    @Test
    void jsonThatIsNoneIsRefused() throws Exception {
        for (String said : List.of("{", "nonsense", "{\"id\":}", "[".repeat(5_000))) {
            assertEquals(400, post(said).statusCode(), said);
            assertEquals(400, send("undo", said).statusCode(), said);
        }
    }

    /// Java's client names neither host nor origin as it is told to.
    ///
    /// @return the status line
    private String raw(String request, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst()
                    .orElse("");
        }
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(page.address().resolve(path)).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String said) throws IOException, InterruptedException {
        return send("review", said);
    }

    private HttpResponse<String> send(String path, String said) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(page.address().resolve(path))
                .POST(BodyPublishers.ofString(said)).build(), BodyHandlers.ofString());
    }
}
