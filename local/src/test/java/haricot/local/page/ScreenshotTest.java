package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.OutputType;

/// Takes the picture of the page that the README shows: `-Dharicot.screenshot=docs/page.png` (from the repository's
/// root) writes it again; otherwise it goes where the build puts things.
@ExtendWith(Browser.class)
final class ScreenshotTest {
    private static final int WIDTH = 860;
    private static final int MOST = 300_000;

    @Test
    void thePageFitsAPictureForTheReadme(Page page) throws IOException {
        Path leaf = Path.of(System.getProperty("haricot.model")).resolve("examples/healthy.jpg");
        page.open().prefers("prefers-color-scheme", "light");
        page.choose(leaf).answered(1);
        assertEquals("accept", page.answer(0).path("decision").asText(), "what is shown first is a good answer");
        Page.pause(700);
        page.size(WIDTH, height(page));
        byte[] png = page.driver().getScreenshotAs(OutputType.BYTES);
        assertTrue(png.length < MOST, png.length + " bytes");
        assertEquals(WIDTH, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
        Path root = Path.of(System.getProperty("haricot.root"));
        Path there = root.resolve(System.getProperty("haricot.screenshot", "local/target/page.png"));
        Files.createDirectories(there.getParent());
        Files.write(there, png);
    }

    private static int height(Page page) {
        page.size(WIDTH, 100);
        return ((Number) page.run("return document.documentElement.scrollHeight")).intValue();
    }
}
