package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import haricot.local.serve.Laptop;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.interactions.Actions;

/// A person goes through what was flagged, in a browser: three pictures, and one that a caller calls wrong.
@ExtendWith(Browser.class)
final class ReviewLooksTest {
    private static final int PHONE = 360;

    @TempDir
    private static Path data;

    private static Thread review;

    @BeforeAll
    static void flag() throws Exception {
        try (Laptop laptop = Laptop.start(data,
                Laptop.With.DEFAULTS.settings(Map.of("KEEP_IMAGES", "flagged", "CLAIMS", "on", "AUDIT_RATE", "0")))) {
            for (String drawn : List.of("night", "sketch", "unsure")) {
                assertFalse(answer(laptop, example(drawn)).get("flag").isNull(), drawn);
            }
            String accepted = answer(laptop, example("healthy")).get("id").asText();
            assertEquals(201, laptop.send(laptop.request("v1/claims").POST(BodyPublishers.ofString(
                    "{\"id\": \"%s\", \"label\": \"other\", \"image\": \"%s\"}".formatted(accepted,
                            Base64.getEncoder().encodeToString(Files.readAllBytes(example("healthy")))))))
                    .statusCode());
        }
        review = Thread.ofPlatform().daemon().start(() -> Shell.haricot("review", "--page", "--data", data));
    }

    @AfterAll
    static void end() throws InterruptedException {
        review.interrupt();
        review.join();
    }

    @Test
    void keysSayAndTakeBackAndTheGridShowsAll(Page page) throws IOException {
        open(page);
        assertTrue(page.text("#place").startsWith("1 of 3, strangest first; 0 of 3"), page.text("#place"));
        page.element("#note").sendKeys("too dark");
        page.run("document.querySelector('#note').blur()");
        press(page, "c");
        page.await("the second", () -> page.text("#place").startsWith("2 of 3, strangest first; 1 of 3"));
        assertEquals(1, reviews().size());
        assertEquals("cannot-tell", reviews().getFirst().get("label").asText());
        assertEquals("too dark", reviews().getFirst().get("note").asText());
        press(page, "u");
        page.await("the first again", () -> page.text("#place").startsWith("1 of 3, strangest first; 0 of 3"));
        assertEquals(List.of(), reviews());
        press(page, "g");
        assertEquals(3, page.driver().findElements(By.cssSelector("#grid button")).size());
        page.await("the pictures", () -> (Boolean) page.run(
                "return [...document.querySelectorAll('#grid img')].every(image => image.naturalWidth > 0)"));
        page.element("#reason option[value=low-confidence], #reason option[value=too-dark]").click();
        page.await("fewer", () -> page.driver().findElements(By.cssSelector("#grid button")).size() < 3);
    }

    @Test
    void aClaimIsSeenWithThePictureThatCameAlong(Page page) {
        open(page);
        assertTrue(page.text("#claimed").contains("none of these"), page.text("#claimed"));
        page.await("its picture",
                () -> (Boolean) page.run("return document.querySelector('#claimed img').naturalWidth > 0"));
    }

    @Test
    void axeFindsNothingOnAPhoneInLightAndDark(Page page) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            open(page);
            page.size(PHONE, 900);
            page.prefers("prefers-color-scheme", scheme);
            assertEquals(List.of(), AccessTest.axe(page));
            assertEquals((long) PHONE, page.run("return document.documentElement.scrollWidth"));
        }
    }

    private static void open(Page page) {
        Path address = data.resolve("review.address");
        page.await("the review", () -> Files.isReadable(address) && read(address).endsWith("/"));
        page.driver().get(read(address));
        page.await("the list", () -> !page.text("#place").startsWith("Loading"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static void press(Page page, CharSequence key) {
        new Actions(page.driver()).sendKeys(key).perform();
    }

    private static List<JsonNode> reviews() throws IOException {
        Path folder = data.resolve("haricot/reviews");
        List<JsonNode> reviews = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    reviews.add(new ObjectMapper().readTree(Files.readAllBytes(file)));
                }
            }
        }
        return reviews;
    }

    private static JsonNode answer(Laptop laptop, Path picture) throws IOException, InterruptedException {
        return Laptop.json(laptop.send(laptop.request("v1/classify").POST(BodyPublishers.ofFile(picture))));
    }

    private static Path example(String name) {
        return TestModel.file().resolveSibling("examples").resolve(name + ".jpg");
    }
}
