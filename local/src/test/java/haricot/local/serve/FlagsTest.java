package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the bucket when an answer arrives.
class FlagsTest {
    private static final byte[] NOISE = noise();

    @TempDir
    private Path data;

    @Test
    void aRejectedPictureLeavesOneLineThatSaysWhatWasAnswered() throws Exception {
        try (Laptop laptop = Laptop.start(data)) {
            JsonNode answer = Laptop.json(laptop.classify(NOISE));
            assertEquals("reject", answer.path("decision").textValue());
            assertEquals(List.of(answer.path("flag").path("key").textValue()), laptop.keys("flags/"));
            JsonNode flag = flag(laptop, answer);
            assertEquals(1, flag.path("schema").intValue());
            assertEquals(answer.path("id"), flag.path("id"));
            assertEquals(answer.path("reasons"), flag.path("reasons"));
            assertEquals(1.0, flag.path("samplingProbability").doubleValue());
            assertEquals(Sha256.hex(NOISE), flag.path("image").path("sha256").textValue());
            assertEquals(96, flag.path("image").path("width").intValue());
        }
    }

    @Test
    void aKeyIsMadeOfTheHourInUtcAndTheId() throws Exception {
        try (Laptop laptop = Laptop.start(data)) {
            JsonNode answer = Laptop.json(laptop.classify(NOISE));
            String time = flag(laptop, answer).path("time").textValue();
            assertEquals("flags/dt=" + time.substring(0, 10) + "/hh=" + time.substring(11, 13) + "/"
                    + answer.path("id").textValue() + ".json", answer.path("flag").path("key").textValue());
        }
    }

    @Test
    void noPictureIsKeptUnlessTheSettingsSaySo() throws Exception {
        try (Laptop laptop = Laptop.start(data)) {
            JsonNode answer = Laptop.json(laptop.classify(NOISE));
            assertEquals(List.of(), laptop.keys("flagged-images/"));
            assertTrue(flag(laptop, answer).path("image").path("key").isNull());
        }
    }

    @Test
    void aKeptPictureIsAJpegUnderTheKeyThatItsFlagNames() throws Exception {
        try (Laptop laptop = Laptop.start(data, Laptop.With.DEFAULTS.settings(Map.of("KEEP_IMAGES", "flagged")))) {
            JsonNode answer = Laptop.json(laptop.classify(NOISE));
            String key = flag(laptop, answer).path("image").path("key").textValue();
            assertEquals(List.of(key), laptop.keys("flagged-images/"));
            BufferedImage kept = ImageIO.read(laptop.bucket().resolve(key).toFile());
            assertEquals(96, kept.getWidth());
        }
    }

    @Test
    void aCallersIdIsStoredOnlyWhenTheSettingsSaySo() throws Exception {
        try (Laptop laptop = Laptop.start(data)) {
            assertFalse(flag(laptop, named(laptop)).has("clientId"));
        }
        try (Laptop laptop = Laptop.start(data, Laptop.With.DEFAULTS.settings(Map.of("KEEP_CLIENT_ID", "true")))) {
            assertEquals("row-7", flag(laptop, named(laptop)).path("clientId").textValue());
        }
    }

    @Test
    void pastTheDailyCapOfALimitedRolloutTheAnswerIs429() throws Exception {
        Map<String, String> limited = Map.of("ROLLOUT", "limited", "DAILY_CAP", "1");
        try (Laptop laptop = Laptop.start(data, Laptop.With.DEFAULTS.settings(limited))) {
            assertEquals(200, laptop.classify(NOISE).statusCode());
            var refused = laptop.classify(NOISE);
            assertEquals(429, refused.statusCode());
            assertEquals("daily-cap", Laptop.json(refused).path("code").textValue());
        }
    }

    private static JsonNode named(Laptop laptop) throws IOException, InterruptedException {
        return Laptop.json(laptop.send(laptop.request("v1/classify?clientId=row-7")
                .header("Content-Type", "image/png").POST(BodyPublishers.ofByteArray(NOISE))));
    }

    private static JsonNode flag(Laptop laptop, JsonNode answer) throws IOException {
        Path file = laptop.bucket().resolve(answer.path("flag").path("key").textValue());
        assertEquals(1, Files.readAllLines(file).size());
        return new ObjectMapper().readTree(file.toFile());
    }

    private static byte[] noise() {
        BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int i = 0; i < 96 * 96; i++) {
            picture.setRGB(i % 96, i / 96, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new AssertionError("writing a PNG to memory", e);
        }
        return png.toByteArray();
    }
}
