package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.drift.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.OutputType;

/// The drift report in a browser. `-Dharicot.screenshot.report=docs/report.png` (from the repository's root) writes the
/// picture of it that the README shows.
@ExtendWith(Browser.class)
final class ReportLooksTest {
    private static final int PHONE = 360;
    private static final int WIDTH = 860;
    /// The verdict, what people found, and since when.
    private static final int HEIGHT = 1_150;
    private static final int MOST = 180_000;

    @TempDir
    private Path folder;

    @Test
    void onAPhoneNoLabelIsCutAndEveryLetterCanBeRead(Page page) throws IOException {
        open(page, PHONE);
        assertEquals((long) PHONE, page.run("return document.documentElement.scrollWidth"));
        assertEquals(List.of(), page.run("""
                return [...document.querySelectorAll("svg text")].filter(text => text.ownerSVGElement.getClientRects().length)
                    .filter(text => {
                        const drawing = text.ownerSVGElement, all = drawing.viewBox.baseVal, box = text.getBBox();
                        const scale = drawing.getBoundingClientRect().width / all.width;
                        const size = parseFloat(getComputedStyle(text).fontSize) * scale;
                        return size < 11.99 || box.x < -.5 || box.x + box.width > all.width + .5;
                    }).map(text => text.textContent)"""));
    }

    @Test
    void axeFindsNothing(Page page) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            open(page, PHONE);
            page.prefers("prefers-color-scheme", scheme);
            page.run("document.querySelectorAll('details').forEach(d => d.open = true)");
            assertEquals(List.of(), AccessTest.axe(page));
        }
    }

    @Test
    void itFitsAPictureForTheReadme(Page page) throws IOException {
        open(page, WIDTH);
        page.prefers("prefers-color-scheme", "light");
        page.size(WIDTH, HEIGHT);
        byte[] png = page.driver().getScreenshotAs(OutputType.BYTES);
        assertTrue(png.length < MOST, png.length + " bytes");
        Path root = Path.of(System.getProperty("haricot.root"));
        Path there = root.resolve(System.getProperty("haricot.screenshot.report", "local/target/report.png"));
        Files.createDirectories(there.getParent());
        Files.write(there, png);
    }

    private void open(Page page, int width) throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), Fields.page(LocalDate.parse("2026-11-23")));
        page.size(width, 800);
        page.driver().get(file.toUri().toString());
    }
}
