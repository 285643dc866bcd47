package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import haricot.picture.Pictures.Picture;
import haricot.picture.raster.Image;
import haricot.picture.raster.UnreadablePicture;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever the bytes: an answer or a refusal, and soon. Ten seconds in the build; longer, and from another start, with
/// `-Dfuzz.seconds=600 -Dfuzz.seed=2`.
class DecoderFuzzTest {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    /// Of the processor, not of the clock: a machine that does other things must not fail the build.
    private static final long MOST_NANOS = 5_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void brokenFilesAreRefusedInTime() {
        List<byte[]> seeds = Pictures.read().all().stream().map(Picture::bytes).filter(file -> file.length < 20_000)
                .toList();
        Mutations mutations = new Mutations(new SplittableRandom(SEED), seeds);
        Decoder decoder = new Decoder(2_000_000);
        long until = System.nanoTime() + SECONDS * 1_000_000_000L;
        int refused = 0;
        int decoded = 0;
        while (System.nanoTime() < until) {
            if (decodes(decoder, mutations.next())) {
                decoded++;
            } else {
                refused++;
            }
        }
        // A fuzzer that breaks nothing, or all of it beyond recognition, tests nothing.
        assertTrue(refused > 100 && decoded > 100, "%d refused, %d decoded".formatted(refused, decoded));
    }

    private static boolean decodes(Decoder decoder, byte[] file) {
        long start = THREADS.getCurrentThreadCpuTime();
        boolean decoded;
        try {
            Image image = decoder.unguardedDecode(file);
            assertTrue(image.rgb().length == image.width() * image.height() * 3);
            decoded = true;
        } catch (UnreadablePicture refused) {
            decoded = false;
        } catch (RuntimeException | Error wrong) {
            return fail(Base64.getEncoder().encodeToString(file), wrong);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        if (nanos > MOST_NANOS) {
            fail("%d ms for %s".formatted(nanos / 1_000_000, Base64.getEncoder().encodeToString(file)));
        }
        return decoded;
    }
}
