package haricot.picture;

import haricot.picture.raster.Image;
import haricot.picture.raster.UnreadablePicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Decodes files one after the other, and prints of each what came of it and by how many megabytes it raised the process's
/// peak.
final class DecodedApart {
    private DecodedApart() {}

    public static void main(String[] files) throws IOException {
        Decoder decoder = new Decoder(50_000_000, 1024);
        for (String file : files) {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            System.gc();
            // The kernel then starts anew to look for the peak.
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            long before = peak();
            String result = decoded(decoder, bytes);
            System.out.printf("%s %d MB%n", result, peak() - before >> 10);
        }
    }

    private static String decoded(Decoder decoder, byte[] bytes) {
        try {
            Image image = decoder.decode(bytes);
            return "%dx%d".formatted(image.width(), image.height());
        } catch (UnreadablePicture refused) {
            return refused.reason().toString();
        }
    }

    private static long peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }
}
