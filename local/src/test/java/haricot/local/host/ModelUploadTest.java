package haricot.local.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.local.host.ModelUpload.Uploaded;
import haricot.model.BrokenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/// A key of a model never changes its bytes.
final class ModelUploadTest {
    @TempDir
    Path folder;
    private EmbeddedS3 s3;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        s3 = new EmbeddedS3(folder.resolve("data"));
        client = s3.client();
        client.createBucket(create -> create.bucket("haricot"));
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
    }

    @Test
    void theSameFileMayComeAgain() {
        Uploaded first = ModelUpload.put(client, "haricot", TestModel.file());
        assertEquals(first, ModelUpload.put(client, "haricot", TestModel.file()));
        assertTrue(Files.exists(folder.resolve("data/haricot").resolve(first.key())));
    }

    @Test
    void anotherFileOfTheSameVersionIsRefusedAndTheFirstOneStays() throws IOException {
        Uploaded first = ModelUpload.put(client, "haricot", TestModel.file());
        Path other = folder.resolve("other.onnx");
        Files.copy(TestModel.file(), other);
        // A field that no reader of ONNX knows: another file, and the same model.
        Files.write(other, new byte[]{(byte) 0x80, 0x7d, 1}, StandardOpenOption.APPEND);
        Failure refused = assertThrows(Failure.class, () -> ModelUpload.put(client, "haricot", other));
        assertTrue(refused.getMessage().contains("version " + first.version() + " of " + first.name()),
                refused.getMessage());
        assertEquals(-1, Files.mismatch(TestModel.file(), folder.resolve("data/haricot").resolve(first.key())));
    }

    @Test
    void aFileThatIsNoModelIsRefusedBeforeItIsSent() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThrows(BrokenModel.class, () -> ModelUpload.put(client, "haricot", text));
        assertTrue(client.listObjectsV2(list -> list.bucket("haricot")).contents().isEmpty());
    }
}
