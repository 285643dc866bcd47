package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Bad lines and busy services: every picture is answered in the end, and is sent once.
@ExtendWith(Browser.class)
final class ConnectionTest {
    @TempDir
    private Path folder;

    @Test
    void picturesWaitForTheConnection(Page page) throws IOException {
        page.open().offline(true);
        page.choose(leaf(1), leaf(2));
        page.await("the word about the connection", () -> page.text("#waiting").equals(
                "No connection. 2 pictures are kept here and sent once it is back."));
        assertEquals(List.of(), page.front().posts());
        page.offline(false);
        page.answered(2);
        assertEquals(2, page.front().posts().size());
        assertTrue(page.text("#waiting").isEmpty(), page.text("#waiting"));
    }

    @Test
    void aBusyServiceIsAskedAgainWhenItSaid(Page page) throws IOException {
        page.open().front().next(429, Map.of("Retry-After", "1"),
                "{\"code\": \"throttled\", \"detail\": \"Too many.\"}");
        long begin = System.nanoTime();
        page.choose(leaf(1));
        page.await("its words", () -> page.text("#waiting").startsWith("Too many. Next try at "));
        page.answered(1);
        assertTrue(System.nanoTime() - begin >= 1_000_000_000L, "came back too early");
        assertEquals(2, page.front().posts().size());
    }

    @Test
    void aBusyServiceMayNameTheTime(Page page) throws IOException {
        String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3));
        page.open().front().next(503, Map.of("Retry-After", later), "");
        page.choose(leaf(1));
        page.await("the wait", () -> page.text("#waiting").startsWith("The service is busy. Next try at "));
        page.answered(1);
    }

    @Test
    void aServiceThatIsNotReadyIsAskedAgainAfterAWhile(Page page) throws IOException {
        page.open().front().next(503, Map.of(), "");
        page.choose(leaf(1)).answered(1);
        assertEquals(2, page.front().posts().size());
    }

    @Test
    void aPersonNeedNotWait(Page page) throws IOException {
        page.open().front().next(429, Map.of("Retry-After", "3600"),
                "{\"code\": \"daily-cap\", \"detail\": \"Enough for today.\"}");
        page.choose(leaf(1));
        page.await("the offer", () -> page.seen("#now"));
        page.element("#now").click();
        page.answered(1);
    }

    @Test
    void aWaitingPictureOutlivesAReload(Page page) throws IOException {
        page.open().front().next(503, Map.of("Retry-After", "3600"), "");
        page.choose(leaf(1));
        page.await("the wait", () -> page.seen("#now"));
        page.reload().answered(1);
        assertEquals("leaf-1.png", page.text(".card .name"));
        page.visit("/");
        Page.pause(300);
        assertEquals(List.of(), page.elements(".card"));
        assertEquals(2, page.front().posts().size());
    }

    @Test
    void aSecondTabLeavesThePicturesOfTheFirstAlone(Page page) throws IOException {
        page.open().front().hold();
        page.choose(leaf(1), leaf(2), leaf(3));
        page.await("two under way", () -> page.front().posts().size() == 2);
        String first = page.driver().getWindowHandle();
        page.secondTab();
        Page.pause(500);
        assertEquals(List.of(), page.elements(".card"));
        page.driver().switchTo().window(first);
        page.front().release();
        page.answered(3);
        assertEquals(3, page.front().posts().size());
    }

    @Test
    void aPictureRemovedWhileItWaitsIsNeverSent(Page page) throws IOException {
        page.open().offline(true);
        page.choose(leaf(1), leaf(2));
        page.await("the wait", () -> page.text("#waiting").startsWith("No connection. 2"));
        page.element("[aria-label='Remove: leaf-1.png']").click();
        page.offline(false);
        page.answered(1);
        page.reload();
        Page.pause(300);
        assertEquals(1, page.front().posts().size());
        assertEquals(List.of(), page.elements(".card"));
    }

    @Test
    void withoutHttpsPicturesWaitInMemory(Page page) throws IOException {
        page.open().pretend("Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})");
        page.front().next(503, Map.of("Retry-After", "1"), "");
        page.choose(leaf(1)).answered(1);
        assertEquals(2, page.front().posts().size());
    }

    private Path leaf(int number) throws IOException {
        return Files.write(folder.resolve("leaf-" + number + ".png"), Pictures.encoded(Pictures.leaf(200, 200 + number),
                "png"));
    }
}
