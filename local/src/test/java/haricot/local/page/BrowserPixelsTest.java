package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a browser shows of a file, and what the model is shown: the same picture, upright, pixel by pixel.
final class BrowserPixelsTest {
    private static final Decoder DECODER = new Decoder(50_000_000, 65_535);
    /// Nearly all files are within two levels, as blending with white, sixteen bits to eight and colour profiles are
    /// rounded differently; a curve of a hundred steps and a progressive file without its end come to five (Chromium 156,
    /// 28 November 2026). A picture that is turned, cut off or in other colours is off by far more.
    private static final int MOST = 5;
    private static final double MOST_IN_THE_MEAN = 0.5;
    /// Where this browser shows something else, and why that is not followed.
    private static final Map<String, String> OTHERWISE = Map.of(
            "orientation-3.webp", "it does not turn WebP, Pillow does",
            "orientation-6.webp", "it does not turn WebP, Pillow does",
            "orientation-6-bare.webp", "it does not turn WebP, Pillow does",
            "palette-beyond.png", "it repeats the palette's last colour, libpng says black",
            "png-one-palette-index-too-large.png", "it repeats the palette's last colour, libpng says black",
            "jpeg-complete-without-eoi.jpg", "it leaves the last rows out, though all of their blocks are there",
            "jpeg-one-restart-marker-missing.jpg", "it guesses where the next blocks belong, this is refused by name");
    private static final String DRAW = """
            const done = arguments[1];
            const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
            const url = URL.createObjectURL(new Blob([bytes]));
            const image = new Image();
            image.onload = () => {
              const canvas = document.createElement("canvas");
              canvas.width = image.naturalWidth;
              canvas.height = image.naturalHeight;
              const pen = canvas.getContext("2d", {willReadFrequently: true});
              pen.fillStyle = "white";
              pen.fillRect(0, 0, canvas.width, canvas.height);
              pen.drawImage(image, 0, 0);
              const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
              let text = "";
              for (let i = 0; i < pixels.length; i += 8192) {
                text += String.fromCharCode(...pixels.subarray(i, i + 8192));
              }
              done([canvas.width, canvas.height, btoa(text)]);
            };
            image.onerror = () => done([0, 0, ""]);
            image.src = url;
            """;

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        assumeTrue(Chromium.installed().isPresent(),
                "The comparison with a browser's pixels is skipped: Chromium or its driver is missing.");
        chromium = Chromium.start();
        chromium.driver().get("about:blank");
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void drawnPicturesAreThoseOfABrowser() throws IOException {
        Path folder = Path.of(System.getProperty("haricot.root"), "function/src/test/resources/pictures");
        List<Path> files = new ArrayList<>();
        for (JsonNode picture : new ObjectMapper().readTree(folder.resolve("pictures.json").toFile())) {
            files.add(folder.resolve(picture.get("file").textValue()));
        }
        assertTrue(files.size() > 150, files.size() + " files");
        assertShown(files);
    }

    @Test
    void filesThatWereOnceAnsweredWronglyAreThoseOfABrowser() throws IOException {
        Path folder = Path.of(System.getProperty("haricot.leaves", "")).resolveSibling("../failing").normalize();
        assumeTrue(Files.isDirectory(folder), "no files in " + folder + " (beside the folder of BEANS_DATA)");
        try (Stream<Path> files = Files.list(folder)) {
            assertShown(files.filter(file -> file.toString().matches(".*\\.(jpg|png|webp)"))
                    .filter(file -> !file.endsWith("png-cgbi.png")).sorted().toList());
        }
    }

    private static void assertShown(List<Path> files) throws IOException {
        List<String> different = new ArrayList<>();
        for (Path file : files) {
            if (!OTHERWISE.containsKey(file.getFileName().toString())) {
                difference(Files.readAllBytes(file)).ifPresent(what -> different.add(file.getFileName() + ": " + what));
            }
        }
        assertEquals(List.of(), different);
    }

    private static Optional<String> difference(byte[] file) {
        List<?> shown = (List<?>) chromium.driver().executeAsyncScript(DRAW, Base64.getEncoder().encodeToString(file));
        Image image = DECODER.decode(file);
        if (!shown.subList(0, 2).equals(List.of((long) image.width(), (long) image.height()))) {
            return Optional.of("%s x %s there, %d x %d here".formatted(shown.get(0), shown.get(1), image.width(),
                    image.height()));
        }
        byte[] there = Base64.getDecoder().decode((String) shown.get(2));
        byte[] here = image.rgb();
        long sum = 0;
        int most = 0;
        for (int i = 0; i < here.length; i++) {
            int off = Math.abs((here[i] & 0xFF) - (there[i / 3 * 4 + i % 3] & 0xFF));
            sum += off;
            most = Math.max(most, off);
        }
        double mean = (double) sum / here.length;
        return mean <= MOST_IN_THE_MEAN && most <= MOST
                ? Optional.empty()
                : Optional.of("off by %.2f levels in the mean, %d at most".formatted(mean, most));
    }
}
