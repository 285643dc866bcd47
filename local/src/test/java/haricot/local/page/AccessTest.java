package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/// For people with a keyboard only, a screen reader, a small or a dark screen.
@ExtendWith(Browser.class)
final class AccessTest {
    @TempDir
    private Path folder;

    @Test
    void theKeyboardReachesEverything(Page page) throws IOException {
        page.open().choose(leaf(1)).answered(1);
        page.run("document.activeElement.blur(); document.querySelector('#files').addEventListener('click', e => "
                + "{ e.preventDefault(); window.opened = true; })");
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            press(page, Keys.TAB);
            String here = (String) page.run("const e = document.activeElement; return e.id || e.ariaLabel || "
                    + "e.textContent");
            reached.add(here);
            if (here.equals("files")) {
                press(page, Keys.ENTER);
                press(page, Keys.SPACE);
            } else if (here.equals("The answer as JSON") || here.equals("Remove: leaf-1.png")) {
                assertTrue(outlined(page), here + " has no ring");
            }
        }
        assertEquals(List.of("files", "healthy", "bean rust", "angular leaf spot", "to be checked", "rejected",
                "rejected", "Remove: leaf-1.png", "The answer as JSON", "Call it from your own code", "card",
                "docs", "openapi"), reached.subList(0, 13));
        assertEquals(true, page.run("return window.opened"));
    }

    @Test
    void anAnswerIsReadWithoutLookingForIt(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", "bean_rust", .3));
        page.choose(leaf(1)).answered(1);
        assertEquals("polite", page.element("#said").getDomAttribute("aria-live"));
        assertEquals("leaf-1.png: bean rust, 97.4%, Accepted.", page.text("#said"));
    }

    @Test
    void escapeLeavesTheQuestionForAKey(Page page) throws IOException {
        page.open().front().next(403, Map.of(), "{\"code\": \"api-key\", \"status\": 403}");
        page.choose(leaf(1));
        page.await("the question", () -> page.seen("#ask"));
        assertEquals("key", page.run("return document.activeElement.id"));
        press(page, Keys.ESCAPE);
        page.await("its end", () -> !page.seen("#ask"));
        assertTrue(page.seen("#now"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNothing(String scheme, Page page) throws IOException {
        page.open().prefers("prefers-color-scheme", scheme);
        everyKindOfCard(page);
        assertEquals(List.of(), axe(page));
        page.run("document.querySelector('#ask').showModal()");
        assertEquals(List.of(), axe(page));
    }

    @Test
    void aSmallPhoneNeedsNoSidewaysScrolling(Page page) throws IOException {
        page.open().size(320, 640);
        everyKindOfCard(page);
        assertEquals(320L, page.run("return document.documentElement.scrollWidth"));
        page.run("document.querySelector('#ask').showModal()");
        assertEquals(320L, page.run("return document.documentElement.scrollWidth"));
    }

    @Test
    void buttonsAreLargeEnoughForAThumb(Page page) throws IOException {
        page.open().size(320, 640);
        everyKindOfCard(page);
        assertEquals(List.of(), page.run("""
                return [...document.querySelectorAll("button, .button")].filter(b => b.offsetParent !== null)
                    .map(b => [b.textContent, b.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24)
                    .map(([text]) => text)"""));
    }

    @Test
    void darkIsDark(Page page) {
        page.open().prefers("prefers-color-scheme", "light");
        Object light = background(page);
        page.prefers("prefers-color-scheme", "dark");
        assertNotEquals(light, background(page));
    }

    @Test
    void nothingMovesForWhoWantsItStill(Page page) throws IOException {
        page.open().prefers("prefers-reduced-motion", "reduce");
        page.choose(leaf(1)).answered(1);
        assertEquals(List.of(), page
                .run("""
                document.querySelector(".card").classList.add("fresh");
                return [...document.querySelectorAll("*")].map(e => getComputedStyle(e))
                    .filter(s => s.animationName !== "none" || s.transitionDuration !== "0s").map(s => s.animationName)"""));
    }

    private void everyKindOfCard(Page page) throws IOException {
        for (String decision : List.of("accept", "review", "reject")) {
            page.front().next(200, Map.of(),
                    ScriptedAnswer.of(decision, decision.equals("reject") ? null : "bean_rust", .995,
                            "unfamiliar"));
        }
        page.front().next(500, Map.of(), "{\"detail\": \"Something failed.\"}");
        page.front().next(429, Map.of("Retry-After", "3600"), "{\"detail\": \"Enough for today.\"}");
        page.choose(leaf(0), leaf(1), leaf(2), leaf(3), leaf(4));
        page.await("all five", () -> page.front().posts().size() == 5
                && page.elements(".card:is(.preparing, .sending)").isEmpty());
        assertEquals(5, page.elements(".card").size());
        page.run("document.querySelectorAll('.card').forEach(c => { c.style.contentVisibility = 'visible'; })");
        page.run("document.querySelectorAll('details').forEach(d => d.open = true)");
        // Bars still grow, and half-grown ones are judged by their colours.
        Page.pause(600);
    }

    static List<String> axe(Page page) throws IOException {
        try (InputStream in = AccessTest.class.getResourceAsStream("/axe.min.js")) {
            page.run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        @SuppressWarnings("unchecked")
        List<String> found = (List<String>) page.driver().executeAsyncScript("""
                axe.run().then(r => arguments[0](r.violations.map(v => `${v.impact} ${v.id}: ${v.nodes[0].html}`)))""");
        return found;
    }

    private static void press(Page page, Keys key) {
        new Actions(page.driver()).sendKeys(key).perform();
    }

    private static boolean outlined(Page page) {
        return (Boolean) page.run("return getComputedStyle(document.activeElement).outlineStyle !== 'none'");
    }

    private static Object background(Page page) {
        return page.run("return getComputedStyle(document.body).backgroundColor");
    }

    private Path leaf(int number) throws IOException {
        return Files.write(folder.resolve("leaf-" + number + ".png"), Pictures.encoded(Pictures.leaf(200, 200 + number),
                "png"));
    }
}
