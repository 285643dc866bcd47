package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// A service that needs an API key.
@ExtendWith(Browser.class)
final class KeyTest {
    private static final String KEY = "a-key-of-forty-characters-for-the-tests-";

    @TempDir
    private Path folder;

    @Test
    void theKeyIsAskedForOnceAndKept(Page page) throws IOException {
        page.open("", KEY, "/").choose(leaf(1), leaf(2), leaf(3));
        page.await("the question", () -> page.seen("#ask"));
        assertEquals("", page.text("#wrong"));
        page.element("#key").sendKeys(KEY, Keys.ENTER);
        page.answered(3).reload().choose(leaf(4)).answered(1);
        assertFalse(page.seen("#ask"));
        assertEquals(KEY, page.front().posts().getLast().headers().get("x-api-key"));
    }

    @Test
    void aKeyThatComesWithTheAddressIsTakenAndLeavesIt(Page page) throws IOException {
        page.open("", KEY, "/#key=" + KEY).choose(leaf(1)).answered(1);
        assertFalse(page.seen("#ask"));
        assertEquals(KEY, page.front().posts().getLast().headers().get("x-api-key"));
        assertEquals("", page.run("return location.hash"));
    }

    @Test
    void aWrongKeyIsAskedForAgain(Page page) throws IOException {
        page.open("", KEY, "/").choose(leaf(1));
        page.await("the question", () -> page.seen("#ask"));
        page.element("#key").sendKeys("guess", Keys.ENTER);
        page.await("the complaint",
                () -> page.seen("#ask") && page.text("#wrong").equals("That key was not accepted."));
        page.element("#key").sendKeys(KEY, Keys.ENTER);
        page.answered(1);
    }

    @Test
    void whatCannotBeAKeyIsNotSent(Page page) throws IOException {
        page.open("", KEY, "/").choose(leaf(1));
        page.await("the question", () -> page.seen("#ask"));
        page.element("#key").sendKeys("ключ", Keys.ENTER);
        page.await("the complaint", () -> page.text("#wrong").equals("That key was not accepted."));
        assertEquals(1, page.front().posts().size());
    }

    @Test
    void withoutAKeyThePicturesWait(Page page) throws IOException {
        page.open("", KEY, "/").choose(leaf(1));
        page.await("the question", () -> page.seen("#ask"));
        page.element("#later").click();
        assertEquals("Pictures wait for an API key.", page.text("#waiting"));
        page.element("#now").click();
        page.element("#key").sendKeys(KEY, Keys.ENTER);
        page.answered(1);
    }

    @Test
    void theKeyCanBeForgotten(Page page) throws IOException {
        page.open("", KEY, "/").choose(leaf(1));
        page.await("the question", () -> page.seen("#ask"));
        page.element("#key").sendKeys(KEY, Keys.ENTER);
        page.answered(1).element("#forget").click();
        assertFalse(page.seen("#forget"));
        page.choose(leaf(2));
        page.await("the question", () -> page.seen("#ask"));
    }

    @Test
    void aServiceWithoutAKeyIsSentNone(Page page) throws IOException {
        page.open().choose(leaf(1)).answered(1);
        assertTrue(page.front().all().stream().noneMatch(sent -> sent.headers().containsKey("x-api-key")));
        assertEquals(List.of(), page.elements("dialog[open]"));
    }

    private Path leaf(int number) throws IOException {
        return Files.write(folder.resolve("leaf-" + number + ".png"), Pictures.encoded(Pictures.leaf(200, 200 + number),
                "png"));
    }
}
