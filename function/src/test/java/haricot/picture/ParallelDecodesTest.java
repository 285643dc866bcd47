package haricot.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import haricot.picture.Pictures.Picture;
import haricot.picture.raster.Image;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Threads that decode at once see what one alone sees.
class ParallelDecodesTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 5;

    @Test
    void doNotDisturbEachOther() throws Exception {
        List<Picture> pictures = Pictures.read().all();
        String alone = hashes(pictures, 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<String>> all = IntStream.range(0, THREADS * ROUNDS)
                    // Each starts elsewhere, so that different formats meet.
                    .<Callable<String>>mapToObj(i -> () -> hashes(pictures, i * 17)).toList();
            for (Future<String> each : threads.invokeAll(all)) {
                assertEquals(alone, each.get());
            }
        }
    }

    private static String hashes(List<Picture> pictures, int start) {
        String[] hashes = new String[pictures.size()];
        for (int i = 0; i < hashes.length; i++) {
            int at = (start + i) % hashes.length;
            Picture picture = pictures.get(at);
            Image image = new Decoder(1_000_000, picture.kept()).decode(picture.bytes());
            hashes[at] = Pictures.sha256(image.rgb());
        }
        return String.join("\n", hashes);
    }
}
