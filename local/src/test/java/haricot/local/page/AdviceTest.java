package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people are told to do, and why a picture has no answer.
@ExtendWith(Browser.class)
final class AdviceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonForAReviewSaysWhatToDo(Reason reason, Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("review", "bean_rust", .5, reason.word()));
        page.choose(leaf()).answered(1);
        assertEquals("Bean rust", page.text(".card h3"));
        assertTrue(page.text(".card .chip").contains("Have it checked"));
        List<String> advice = page.texts(".card .advice");
        assertEquals(1, advice.size());
        assertTrue(advice.getFirst().length() > 30 && !advice.getFirst().contains("Marked"), advice.getFirst());
    }

    @Test
    void aRejectedPictureHasNoLabelAndASentenceForEachReason(Page page) throws IOException {
        page.open().front().next(200, Map.of(),
                ScriptedAnswer.of("reject", null, 1, "unfamiliar", "too-dark", "blurred"));
        page.choose(leaf()).answered(1);
        assertEquals("No answer for this picture", page.text(".card h3"));
        assertTrue(page.text(".card .chip").contains("Take another"));
        List<String> advice = page.texts(".card .advice");
        assertEquals(3, advice.size());
        assertTrue(advice.get(0).contains("filling the picture"), advice.get(0));
        assertTrue(advice.get(1).contains("daylight"), advice.get(1));
        assertTrue(advice.get(2).contains("hold still"), advice.get(2));
        assertTrue(page.text(".card").contains("not to be relied on"));
    }

    @Test
    void aReasonOfLaterDaysIsShownAsItStands(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("review", "bean_rust", .5, "too-wet"));
        page.choose(leaf()).answered(1);
        assertTrue(page.text(".card .advice").contains("too-wet"));
    }

    @Test
    void aRefusalIsShownInTheServicesOwnWords(Page page) throws IOException {
        byte[] png = Pictures.encoded(Pictures.leaf(320, 240), "png");
        page.open().choose(Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, png.length / 2))).answered(1);
        assertEquals(1, page.front().posts().size());
        assertEquals("Refused", page.text(".card .chip"));
        assertTrue(page.text(".card .advice").length() > 20, page.text(".card .advice"));
        assertFalse(page.text(".card .advice").contains("The service answered"), page.text(".card .advice"));
    }

    @Test
    void aRefusedPictureKeepsTheShapeOfItsCardAndIsCounted(Page page) throws IOException {
        page.open().front().next(200, Map.of(), ScriptedAnswer.of("accept", "bean_rust", .3));
        page.choose(leaf(), Files.writeString(folder.resolve("notes.txt.jpg"), "no picture")).answered(2);
        assertEquals(page.run("return document.querySelector('.accept .body').getBoundingClientRect().width"),
                page.run("return document.querySelector('.refused .body').getBoundingClientRect().width"));
        assertEquals("1 × bean rust · 1 × refused", page.text("#tally"));
        assertEquals(List.of(), page.elements("[aria-label^='Try again']"));
    }

    @Test
    void whatTheServiceCannotReadIsNotOfferedAgain(Page page) throws IOException {
        page.open().front().next(422, Map.of(), "{\"status\": 422, \"code\": \"truncated\", \"detail\": \"Cut off.\"}");
        page.choose(leaf()).answered(1);
        assertEquals("Cut off.", page.text(".card .advice"));
        assertEquals(List.of(), page.elements("[aria-label^='Try again']"));
    }

    @Test
    void aFailureCanBeTriedAgain(Page page) throws IOException {
        page.open().front().next(500, Map.of(), "{\"status\": 500, \"code\": \"internal\"}");
        page.choose(leaf()).answered(1);
        assertEquals("The service answered 500.", page.text(".card .advice"));
        page.element("[aria-label='Try again: leaf.png']").click();
        page.await("the answer", () -> page.elements(".card.refused").isEmpty());
        page.answered(1);
        assertEquals(2, page.front().posts().size());
    }

    private Path leaf() throws IOException {
        return Files.write(folder.resolve("leaf.png"), Pictures.encoded(Pictures.leaf(320, 240), "png"));
    }
}
