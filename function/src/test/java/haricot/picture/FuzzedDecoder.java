package haricot.picture;

import haricot.picture.Pictures.Picture;
import haricot.picture.raster.Image;
import haricot.picture.raster.UnreadablePicture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;

/// Decodes broken files until its time is up. The file at hand lies in mapped memory, where it outlives a crash.
final class FuzzedDecoder {
    /// Of the processor, not of the clock: a machine that does other things must not fail the build.
    private static final long MOST_NANOS = 5_000_000_000L;
    private static final int MOST_BYTES = 1 << 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /// Some reduce these small pictures, some do not.
    private static final List<Decoder> DECODERS = List.of(new Decoder(2_000_000, 1024), new Decoder(2_000_000, 20),
            new Decoder(2_000_000, 7));

    private FuzzedDecoder() {}

    /// @param arguments seconds, seed, and where to put the file at hand: its length and its bytes
    public static void main(String[] arguments) throws IOException {
        long until = System.nanoTime() + Integer.parseInt(arguments[0]) * 1_000_000_000L;
        List<byte[]> seeds = Pictures.read().all().stream().map(Picture::bytes).filter(file -> file.length < 20_000)
                .toList();
        Mutations mutations = new Mutations(new SplittableRandom(Long.parseLong(arguments[1])), seeds);
        MappedByteBuffer atHand = map(Path.of(arguments[2]));
        long refused = 0;
        long decoded = 0;
        while (System.nanoTime() < until) {
            byte[] file = mutations.next();
            if (file.length > MOST_BYTES - 4) {
                continue;
            }
            atHand.putInt(0, file.length).put(4, file);
            if (decodes(DECODERS.get((int) ((refused + decoded) % DECODERS.size())), file)) {
                decoded++;
            } else {
                refused++;
            }
        }
        System.out.printf("%d refused, %d decoded%n", refused, decoded);
        // A fuzzer that breaks nothing, or all of it beyond recognition, tests nothing.
        System.exit(refused > 100 && decoded > 100 ? 0 : 1);
    }

    private static MappedByteBuffer map(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, MOST_BYTES);
        }
    }

    private static boolean decodes(Decoder decoder, byte[] file) {
        long start = THREADS.getCurrentThreadCpuTime();
        boolean decoded;
        try {
            Image image = decoder.unguardedDecode(file);
            if (image.rgb().length != image.width() * image.height() * 3) {
                throw new IllegalStateException("%d bytes for %d x %d pixels".formatted(image.rgb().length,
                        image.width(), image.height()));
            }
            decoded = true;
        } catch (UnreadablePicture refused) {
            decoded = false;
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        if (nanos > MOST_NANOS) {
            throw new IllegalStateException("%d ms".formatted(nanos / 1_000_000));
        }
        return decoded;
    }
}
