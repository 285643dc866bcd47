package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Whatever the bytes: an answer or a refusal, soon, in silence, and never a crash. Ten seconds in the build; longer, and
/// from another start, with `-Dfuzz.seconds=1800 -Dfuzz.seed=2`. The file that ended it is kept beside the crash's report.
class DecoderFuzzTest {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    /// To start and to end, on a machine that does other things.
    private static final int PATIENCE = 60;
    private static final Path FOLDER = Path.of("target", "fuzz-" + SEED);

    @Test
    void brokenFilesAreRefusedInTime() throws IOException, InterruptedException {
        Path atHand = FOLDER.resolve("at-hand.bin");
        Apart fuzzed;
        try {
            fuzzed = Apart.run(FuzzedDecoder.class, FOLDER, Duration.ofSeconds(SECONDS + PATIENCE),
                    String.valueOf(SECONDS), String.valueOf(SEED), atHand.toString());
        } catch (IOException hangs) {
            fail("%s on %s".formatted(hangs.getMessage(), kept(atHand)), hangs);
            return;
        }
        if (fuzzed.status() != 0) {
            fail("status %d on %s%n%s%s".formatted(fuzzed.status(), kept(atHand), fuzzed.out(), fuzzed.err()));
        }
        assertEquals("", fuzzed.err(), "said of broken files");
        System.out.println(fuzzed.out().strip());
    }

    /// The file at hand as a file of its own.
    private static Path kept(Path atHand) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(atHand));
        byte[] file = new byte[bytes.getInt()];
        bytes.get(file);
        return Files.write(FOLDER.resolve("wrong-" + Pictures.sha256(file).substring(0, 12)), file);
    }
}
