package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/// What people see of an answer.
@ExtendWith(Browser.class)
final class AnswerTest {
    @TempDir
    private Path folder;

    @Test
    void aCardSaysWhatTheServiceSaid(Page page) throws IOException {
        page.open().choose(leaf()).answered(1);
        JsonNode answer = page.answer(0);
        assertEquals(answer.path("decision").asText(),
                page.element(".card").getDomAttribute("class").split(" ", -1)[1]);
        List<String> shown = page.texts(".card .bars .row");
        List<String> said = new ArrayList<>();
        for (JsonNode each : answer.path("predictions")) {
            String label = each.path("label").asText().replace('_', ' ');
            said.add(label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1)
                    + percent(each.path("probability").asDouble()));
        }
        assertEquals(said, shown);
        assertEquals(answer.path("reasons").size(), page.texts(".card .advice").size());
    }

    @Test
    void theBarsAreAsLongAsTheProbabilities(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", "bean_rust", .31));
        page.choose(leaf()).answered(1);
        Page.pause(700);
        assertEquals(.974, share(page, 0), .01);
        assertEquals(.02, share(page, 1), .01);
        assertEquals(.69, share(page, 3), .01);
    }

    @Test
    void anAcceptedAnswerIsALabelAndNoAdvice(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", "bean_rust", .31));
        page.choose(leaf()).answered(1);
        assertEquals("Bean rust", page.text(".card h3"));
        assertTrue(page.text(".card .chip").contains("Accepted"));
        assertEquals(List.of(), page.texts(".card .advice"));
        assertEquals("More ordinary than 69 of 100 reference pictures", page.text(".card .familiar p"));
    }

    @ParameterizedTest
    @CsvSource({"0, More ordinary than 100 of 100", "0.31, More ordinary than 69 of 100",
            "0.72, More ordinary than 28 of 100",
            "0.9899, More ordinary than 1 of 100", "0.99, Stranger than 99 of 100", "0.9999, Stranger than 99 of 100",
            "1, Stranger than every"})
    void familiarityIsACountOfReferencePictures(double score, String words, Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("review", "bean_rust", score, "unfamiliar"));
        page.choose(leaf()).answered(1);
        assertTrue(page.text(".card .familiar p").startsWith(words), page.text(".card .familiar p"));
    }

    @Test
    void severalAnswersAreCounted(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", "bean_rust", .31));
        page.choose(leaf()).answered(1);
        assertFalse(page.seen("#tally"));
        page.front().next(200, Map.of(), ScriptedAnswer.of("reject", null, 1, "unfamiliar"));
        page.choose(Files.write(folder.resolve("other.png"), Pictures.encoded(Pictures.leaf(99, 99), "png")))
                .answered(2);
        assertEquals("1 × bean rust · 1 × to be taken again", page.text("#tally"));
    }

    @Test
    void manyPicturesAreFilteredSavedAndCleared(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", "bean_rust", .31));
        page.choose(leaf()).answered(1);
        page.front().next(200, Map.of(), ScriptedAnswer.of("reject", null, 1, "unfamiliar"));
        page.choose(Files.write(folder.resolve("=1+1.png"), Pictures.encoded(Pictures.leaf(99, 99), "png")))
                .answered(2);
        page.run("URL.createObjectURL = blob => { window.saved = blob; return '#'; }");
        page.element("#csv").click();
        assertEquals("""
                file,id,decision,label,confidence,score,distance,reasons,refused
                leaf.png,0192f3a4-0000-7000-8000-000000000000,accept,bean_rust,0.974,0.31,12.7,,
                '=1+1.png,0192f3a4-0000-7000-8000-000000000000,reject,,,1,12.7,unfamiliar,
                """, page.driver().executeAsyncScript("window.saved.text().then(arguments[0])"));
        page.element("#filter option[value=reject]").click();
        assertEquals(List.of("=1+1.png"), page.elements(".card").stream().filter(card -> card.isDisplayed())
                .map(card -> card.findElement(By.cssSelector(".name")).getText()).toList());
        page.element("#clear").click();
        assertEquals(List.of("leaf.png"), page.texts(".card .name"));
        assertTrue(page.seen(".card"));
    }

    @Test
    void aRemovedPictureIsGone(Page page) throws IOException {
        page.open().choose(leaf()).answered(1);
        page.element("[aria-label='Remove: leaf.png']").click();
        assertEquals(List.of(), page.elements(".card"));
        assertEquals("files", page.run("return document.activeElement.id"));
    }

    @Test
    void namesAndLabelsAreTextWhateverTheyHold(Page page) throws IOException {
        String evil = "<img src=x onerror=alert(1)>";
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", evil, .1));
        page.choose(Files.write(folder.resolve(evil + ".png"), Pictures.encoded(Pictures.leaf(64, 64), "png")))
                .answered(1);
        assertEquals(evil + ".png", page.text(".card .name"));
        assertEquals(evil, page.text(".card h3"));
        assertEquals(1, page.elements(".card img").size());
    }

    private Path leaf() throws IOException {
        return Files.write(folder.resolve("leaf.png"), Pictures.encoded(Pictures.leaf(320, 240), "png"));
    }

    /// Rounds as people do; the page leaves certainty out.
    private static String percent(double probability) {
        if (probability > 0 && probability < .001) {
            return "<0.1%";
        }
        if (probability > .999 && probability < 1) {
            return ">99.9%";
        }
        DecimalFormat tenths = new DecimalFormat("#.#%", DecimalFormatSymbols.getInstance(Locale.ROOT));
        tenths.setRoundingMode(RoundingMode.HALF_UP);
        return tenths.format(probability);
    }

    private static double share(Page page, int bar) {
        return ((Number) page.run("""
                const fill = document.querySelectorAll(".card .bar i")[arguments[0]];
                return fill.getBoundingClientRect().width / fill.parentNode.getBoundingClientRect().width;""", bar))
                .doubleValue();
    }
}
