package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Two hundred pictures at once: the page stays as quick to use as with one.
@ExtendWith(Browser.class)
final class ManyPicturesTest {
    private static final int PICTURES = 200;
    private static final int BATCH = 40;
    /// A person takes a tenth of a second for at once. The rest is for a machine that does other things beside.
    private static final double AT_ONCE_MILLIS = 500;

    @TempDir
    private Path folder;

    @Test
    void twoHundredAnswersAreFilteredAndClearedAtOnce(Page page) throws IOException {
        page.open();
        for (int i = 0; i < PICTURES; i += BATCH) {
            Path[] files = new Path[BATCH];
            for (int j = 0; j < BATCH; j++) {
                files[j] = Files.write(folder.resolve("leaf-" + (i + j) + ".png"),
                        Pictures.encoded(Pictures.leaf(60 + i + j, 60), "png"));
                page.front().next(200, Map.of(), ScriptedAnswer.of(j % 4 == 0 ? "review" : "accept", "healthy", .3));
            }
            page.choose(files).answered(i + BATCH);
        }
        assertTrue(millis(page, "document.querySelector('#filter').value = 'review'; "
                + "document.querySelector('#filter').dispatchEvent(new Event('change', {bubbles: true}))") < AT_ONCE_MILLIS);
        assertEquals((long) PICTURES / 4,
                page.run("return [...document.querySelectorAll('.card')].filter(card => !card.hidden).length"));
        assertTrue(millis(page, "window.scrollTo(0, document.body.scrollHeight)") < AT_ONCE_MILLIS);
        assertTrue(millis(page, "document.querySelector('#clear').click()") < AT_ONCE_MILLIS);
    }

    /// From what a person does to the second frame after it, which shows it.
    private static double millis(Page page, String action) {
        Object took = page.driver()
                .executeAsyncScript("const done = arguments[arguments.length - 1], begin = performance.now(); "
                        + action
                        + "; requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin)))");
        return ((Number) took).doubleValue();
    }
}
