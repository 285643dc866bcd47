package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/// What follows the model that is served: pictures to try, what it expects, its card, and "this is wrong".
@ExtendWith(Browser.class)
final class ModelPagesTest {
    private static final String MODEL = """
            {"name": "garden", "version": "2", "labels": ["rose", "tulip"], "subject": "flower", "examples": %d, "claims": %s, "claimImages": true,
             "sha256": "ab", "thresholds": {"confidence": 0.8, "review": 0.99, "reject": 4, "quality": {"sharpness":
             {"poor": 0.2, "unusable": 0.1}}}, "figures": {"accuracy": 0.97, "byLabel": {"rose": 0.9}},
             "trainingData": {"name": "flowers", "pictures": 12, "sha256": "cd"}, "licence": "CC0", "input": {"size": 224}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aPictureThatCameWithTheModelIsTriedWithOneClick(Page page) throws IOException {
        byte[] png = Pictures.encoded(Pictures.leaf(90, 90), "png");
        page.open().front().reads("/v1/model", MODEL.formatted(2, false));
        page.front().reads("/v1/examples", """
                {"examples": [{"type": "image/png", "image": "%s", "label": "rose", "decision": "accept"},
                 {"type": "image/png", "image": "%s", "label": null, "decision": "reject"}]}
                """.formatted(base64(png), base64(Pictures.encoded(Pictures.leaf(91, 90), "png"))));
        page.reload().await("the examples", () -> page.seen("#examples button"));
        assertEquals(List.of("rose", "rejected"), page.texts("#examples button"));
        page.await("the first",
                () -> (Boolean) page.run("return document.querySelector('#examples img').naturalWidth === 90"));
        assertEquals(List.of(), AccessTest.axe(page));
        page.front().next(200, Map.of(), ScriptedAnswer.of("accept", "rose", .3));
        page.element("#examples button").click();
        page.answered(1);
        assertEquals("Rose", page.text(".card h3"));
        assertEquals(png.length, page.front().posts().getFirst().body().length);
    }

    @Test
    void thePageSaysWhatItExpects(Page page) {
        page.open();
        assertTrue(page.text("#expects").startsWith("It expects "), page.text("#expects"));
        page.front().reads("/v1/model", MODEL.formatted(0, false));
        page.reload().await("the other model", () -> page.text("#expects").contains("one flower"));
        assertFalse(page.seen("#tries"), "no pictures to try");
    }

    @Test
    void aWrongAnswerIsClaimedWithALabel(Page page) throws IOException {
        page.open().front().reads("/v1/model", MODEL.formatted(0, true));
        page.front().reads("/v1/examples", "{}");
        page.reload().await("the other model", () -> page.text("#model").contains("garden"));
        page.front().next(200, Map.of(), ScriptedAnswer.of("accept", "rose", .3));
        page.choose(Files.write(folder.resolve("rose.png"), Pictures.encoded(Pictures.leaf(120, 90), "png")))
                .answered(1);
        page.element(".claim summary").click();
        assertEquals(List.of("tulip", "none of these"), page.texts(".claim option"));
        page.element(".claim option[value=other]").click();
        page.front().next(201, Map.of(), "{}");
        page.element(".claim").findElement(By.tagName("button")).click();
        page.await("thanks", () -> page.text(".card").contains("Told: it should have been other"));
        Front.Sent claim = page.front().posts().getLast();
        assertEquals("/v1/claims", claim.path());
        String said = new String(claim.body(), StandardCharsets.UTF_8);
        assertTrue(said.contains("\"label\":\"other\""), said);
        assertTrue(said.contains("\"image\":\"data:image/"), "the picture goes along, since the box is ticked");
    }

    @Test
    void theModelsCardIsAPage(Page page) {
        page.open().front().reads("/v1/model", MODEL.formatted(0, false));
        page.driver().get(page.front().origin() + "/model");
        page.await("the card", () -> page.text("#title").equals("Garden 2"));
        assertTrue(page.text("#card").contains("By label: rose0.9"), page.text("#card"));
        assertFalse(page.text("#card").contains("Self-check"), "a card of an older file says nothing of it");
        checked(page);
    }

    @Test
    void aModelWhoseFamiliarityMeansLittleSaysSo(Page page) {
        page.open().front().reads("/v1/model", MODEL.formatted(0, false).replace("\"reject\": 4", "\"reject\": 3.4e38")
                .replace("\"labels\"", """
                        "acceptedRight": {"target": 0.97, "right": 0.9512, "low": 0.93, "high": 0.966, "accepted": 0.5, "photos": 449,
                        "reached": false}, "selfCheck": {"passed": false, "drawnUnfamiliar": 1, "drawn": 58, "harmfulUnfamiliar": 0.702,
                        "harmful": 700},
                        "labels"\s"""));
        page.driver().get(page.front().origin() + "/model");
        page.await("the card", () -> page.text("#title").equals("Garden 2"));
        assertTrue(page.text("#leaning").contains("means little"), page.text("#card"));
        List.of("Too strangeNever", "Right among the accepted95.1 % (95 % interval 93 % to 96.6 %)",
                "50 % of 449 held-out photos were accepted. 97 % were asked for, which is out of its reach.",
                "100 % of 58 drawn and 70.2 % of 700 ruined pictures are unfamiliar")
                .forEach(said -> assertTrue(page.text("#card").contains(said), page.text("#card")));
        checked(page);
    }

    @Test
    void everyCallCanBeTriedInThePageOfTheApi(Page page) {
        page.open();
        page.driver().get(page.front().origin() + "/docs");
        page.await("the calls", () -> page.texts("main h2").contains("GET/v1/health"));
        assertTrue(page.texts("main h2").containsAll(List.of("POST/v1/classify", "POST/v1/claims", "GET/v1/model")),
                page.texts("main h2").toString());
        page.run("[...document.querySelectorAll('section')].find(s => s.querySelector('h2').textContent === "
                + "'GET/v1/health').querySelector('form button').click()");
        page.await("the answer", () -> page.text("main").contains("\"status\": \"ok\""));
        checked(page);
    }

    /// At the width of a small phone nothing is cut, and axe finds nothing in light and dark.
    private static void checked(Page page) {
        page.size(360, 800);
        assertEquals(360L, page.run("return document.documentElement.scrollWidth"));
        for (String scheme : List.of("light", "dark")) {
            page.prefers("prefers-color-scheme", scheme);
            try {
                assertEquals(List.of(), AccessTest.axe(page));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
