package haricot.local.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract held to the embedded S3, and what is particular to it.
final class EmbeddedS3Test extends BucketContract {
    @TempDir
    static Path folder;
    private static EmbeddedS3 s3;
    private static S3Client client;

    @BeforeAll
    static void start() throws IOException {
        s3 = new EmbeddedS3(folder);
        client = s3.client();
        client.createBucket(create -> create.bucket("haricot"));
    }

    @AfterAll
    static void stop() {
        client.close();
        s3.close();
    }

    @Override
    S3Client s3() {
        return client;
    }

    @Override
    String bucket() {
        return "haricot";
    }

    @Test
    void anObjectIsAPlainFile() throws IOException {
        client.putObject(put -> put.bucket("haricot").key("flags/dt=2026-01-01/hh=03/x.json"),
                RequestBody.fromString("{}"));
        assertEquals("{}", Files.readString(folder.resolve("haricot/flags/dt=2026-01-01/hh=03/x.json")));
    }

    @Test
    void anotherOneOverTheSameFolderGoesOn() throws IOException {
        client.putObject(put -> put.bucket("haricot").key("a"), RequestBody.fromString("kept"));
        try (EmbeddedS3 second = new EmbeddedS3(folder); S3Client other = second.client()) {
            assertEquals("kept", other.getObjectAsBytes(get -> get.bucket("haricot").key("a")).asUtf8String());
        }
    }

    @Test
    void nobodyWritesWithoutTheSecret() throws Exception {
        try (HttpClient stranger = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(URI.create(s3.address() + "/haricot/written-by-a-stranger"))
                    .PUT(BodyPublishers.ofString("x")).build();
            assertEquals(403, stranger.send(put, BodyHandlers.ofString()).statusCode());
        }
        assertTrue(Files.notExists(folder.resolve("haricot/written-by-a-stranger")));
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        IOException refused = assertThrows(IOException.class, () -> new EmbeddedS3(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }
}
