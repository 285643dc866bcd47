package haricot.local.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.local.Main;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

/// `flags restore` and `forget`, with lines as CloudWatch and `serve` write them.
final class RestoreCommandTest {
    private static final String ID = "019aae44-8b18-7000-8000-00000000000";
    private static final String TIME = "2025-11-23T01:12:00Z";

    @TempDir
    Path data;
    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @BeforeEach
    void makeBucket() throws IOException {
        try (EmbeddedS3 s3 = new EmbeddedS3(data); S3Client client = s3.client()) {
            client.createBucket(create -> create.bucket(DataFolder.BUCKET));
        }
    }

    @Test
    void writesWhatTheBucketLacksFromLinesOfEveryTool() throws IOException {
        String log = String.join("\n", "Haricot serves the model beans 1.0.0:",
                "{\"event\":\"request\",\"id\":\"" + ID + "1\"}", line(1),
                "2025-11-23T01:12:01.123Z " + line(2),
                "            \"message\": " + new ObjectMapper().writeValueAsString(line(3) + "\n") + ",",
                "2025-11-23 01:12:00.000,\"" + line(4).replace("\"", "\"\"") + "\"",
                "{\"time\":\"x\",\"message\":" + line(5) + "}", line(1));
        assertEquals(0, restore(log));
        assertEquals("Restored: 5. Already there: 1. Forgotten: 0.", printed.toString().strip());
        for (int i = 1; i <= 5; i++) {
            assertTrue(Files.readString(flag(i)).contains("\"id\":\"" + ID + i + "\""));
        }
        assertFalse(Files.readString(flag(1)).contains("stray"), "only a flag's own fields come back");
    }

    @Test
    void readsStandardInputToo() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((line(1) + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run("flags", "restore", "--data", data.toString(), "-"));
        } finally {
            System.setIn(before);
        }
        assertTrue(Files.exists(flag(1)));
    }

    @Test
    void aFlagInTheBucketStaysAsItIs() throws IOException {
        restore(line(1));
        Files.writeString(flag(1), "mine");
        assertEquals(0, restore(line(1)));
        assertEquals("mine", Files.readString(flag(1)));
    }

    @Test
    void whatWasForgottenStaysAway() throws IOException {
        restore(line(1));
        assertEquals(0, run("forget", "--data", data.toString(), ID + "1"));
        assertEquals(69, run("forget", "--data", data.toString(), ID + "2"), "it was never in the bucket");
        assertEquals(0, restore(line(1) + "\n" + line(2) + "\n" + line(3)));
        assertTrue(printed.toString().contains("Restored: 1. Already there: 0. Forgotten: 2."), printed.toString());
        assertFalse(Files.exists(flag(1)));
        String note = Files.readString(data.resolve(DataFolder.BUCKET).resolve("forgotten/" + ID + "1.json"));
        assertTrue(note.matches("\\{\"id\":\"" + ID + "1\",\"time\":\"[^\"]+\"}"), note);
    }

    @Test
    void noLineChoosesAKey() throws IOException {
        String log = String.join("\n", line(1).replace(ID + "1", "../../models/x"),
                line(1).replace(TIME, "2031-01-01T00:00:00Z"), line(1).replace(TIME, "\\u001b[2Jyesterday"),
                line(1).replace("\"key\":null", "\"key\":\"models/beans/1.0.0/model.onnx\""),
                line(1).replace("\"schema\":1", "\"schema\":2"), line(1).substring(0, 150), line(2));
        assertEquals(1, restore(log));
        assertTrue(printed.toString().contains("Restored: 1."), printed.toString());
        assertEquals(6,
                complained.toString().lines().filter(said -> said.matches("line [1-6]: not a flag: .*")).count(),
                complained.toString());
        assertFalse(complained.toString().contains("\u001b"), complained.toString());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertEquals(69, run("flags", "restore", "--data", data.toString(), data.resolve("none.log").toString()));
        assertTrue(complained.toString().contains("none.log"), complained.toString());
    }

    private int restore(String log) throws IOException {
        Path file = Files.writeString(data.resolve("some.log"), log);
        return run("flags", "restore", "--data", data.toString(), file.toString());
    }

    private int run(String... words) {
        CommandLine line = Main.commandLine();
        return line.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(complained, true)).execute(words);
    }

    private Path flag(int number) {
        return data.resolve(DataFolder.BUCKET).resolve("flags/dt=2025-11-23/hh=01/" + ID + number + ".json");
    }

    private static String line(int number) {
        return "{\"event\":\"flag-not-stored\",\"time\":\"" + TIME + "\",\"cause\":\"SdkClientException\",\"flag\":"
                + "{\"schema\":1,\"id\":\"" + ID + number + "\",\"time\":\"" + TIME + "\",\"decision\":\"review\","
                + "\"reasons\":[\"unfamiliar\"],\"label\":\"healthy\",\"confidence\":0.5,\"stray\":1,"
                + "\"probabilities\":{\"healthy\":0.5},\"samplingProbability\":1,\"image\":{\"key\":null},\"model\":"
                + "{\"name\":\"beans\",\"version\":\"1.0.0\",\"sha256\":\"" + "ab".repeat(32) + "\"}}}";
    }
}
