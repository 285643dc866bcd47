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
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.OutputType;

/// Takes the picture of the page that the README shows: `-Dharicot.screenshot=docs/page.png` (from the repository's
/// root) writes it again; otherwise it goes where the build puts things.
@ExtendWith(Browser.class)
final class ScreenshotTest {
    private static final int WIDTH = 860;
    private static final int MOST = 120_000;

    @TempDir
    private Path folder;

    @Test
    void thePageFitsAPictureForTheReadme(Page page) throws IOException {
        Path leaf = Files.write(folder.resolve("drawn-leaf.png"), Pictures.encoded(Pictures.leaf(640, 480), "png"));
        page.open().prefers("prefers-color-scheme", "light");
        page.choose(leaf).answered(1);
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
