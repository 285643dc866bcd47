package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/// What leaves the browser, by each of the ways in.
@ExtendWith(Browser.class)
final class SendingTest {
    private static final int SMALL = 300_000;

    @TempDir
    private Path folder;

    @Test
    void aSmallPictureGoesAsItIs(Page page) throws IOException {
        Path leaf = file("leaf.png", Pictures.encoded(Pictures.leaf(320, 240), "png"));
        page.open().choose(leaf).answered(1);
        Front.Sent sent = page.front().posts().getFirst();
        assertArrayEquals(Files.readAllBytes(leaf), sent.body());
        assertEquals("image/png", sent.headers().get("content-type"));
    }

    @Test
    void filesCanBeDroppedAnywhere(Page page) throws IOException {
        Path one = file("one.png", Pictures.encoded(Pictures.leaf(320, 240), "png"));
        Path two = file("two.png", Pictures.encoded(Pictures.leaf(240, 320), "png"));
        page.open().drop(one, two);
        page.answered(2);
        assertEquals(List.of("one.png", "two.png"), page.texts(".card .name"));
    }

    @Test
    void aPictureCanBePasted(Page page) {
        page.open().allowClipboard();
        String png = Base64.getEncoder().encodeToString(Pictures.encoded(Pictures.leaf(320, 240), "png"));
        assertNull(page.driver().executeAsyncScript("""
                const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
                navigator.clipboard.write([new ClipboardItem({"image/png": new Blob([bytes], {type: "image/png"})})])
                    .then(() => arguments[1](null), fault => arguments[1](String(fault)));""", png));
        new Actions(page.driver()).keyDown(Keys.CONTROL).sendKeys("v").keyUp(Keys.CONTROL).perform();
        page.answered(1);
        assertEquals(320, Pictures.decoded(page.front().posts().getFirst().body()).getWidth());
    }

    @Test
    void severalGoTwoAtATimeAndStayInTheOrderChosen(Page page) throws IOException {
        Path[] files = new Path[5];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("leaf-" + i + ".png", Pictures.encoded(Pictures.leaf(200 + i, 200), "png"));
        }
        page.open();
        page.front().hold();
        page.choose(files);
        page.await("two under way", () -> page.front().posts().size() == 2);
        page.await("the others in line", () -> page.elements(".card.waiting").size() == 3);
        assertEquals("5 of 5 pictures on their way.", page.text("#waiting"));
        page.front().release();
        page.answered(5);
        assertEquals(5, page.front().posts().size());
        assertEquals("leaf-0.png", page.texts(".card .name").getFirst());
        assertEquals("leaf-4.png", page.texts(".card .name").getLast());
    }

    @Test
    void aPhotoOfTwelveMegapixelsGoesUprightAndSmall(Page page) throws IOException {
        BufferedImage photo = Pictures.grain(Pictures.leaf(4000, 3000));
        for (int i = 0; i < 400 * 400; i++) {
            photo.setRGB(i % 400, i / 400, Color.BLUE.getRGB());
        }
        Path file = file("photo.jpg", Pictures.turned(Pictures.encoded(photo, "jpg"), 6));
        assertTrue(Files.size(file) > 4 * SMALL, Files.size(file) + " bytes");
        page.open().choose(file).answered(1);
        byte[] sent = page.front().posts().getFirst().body();
        assertTrue(sent.length <= SMALL, sent.length + " bytes");
        BufferedImage picture = Pictures.decoded(sent);
        assertEquals(1024, picture.getWidth());
        assertEquals(1365, picture.getHeight());
        // Orientation 6 means: the top of the scene is at the file's left, so its first corner is now at the top right.
        assertTrue((picture.getRGB(1000, 20) & 0xff) > 200, "the corner went elsewhere");
    }

    @Test
    void whatTellsWhereItWasTakenIsLeftBehind(Page page) throws IOException {
        byte[] jpeg = Pictures.turned(Pictures.encoded(Pictures.leaf(320, 240), "jpg"), 8);
        assertTrue(latin(jpeg).contains("Exif"));
        page.open().choose(file("phone.jpg", jpeg)).answered(1);
        byte[] sent = page.front().posts().getFirst().body();
        assertFalse(latin(sent).contains("Exif"));
        assertEquals(240, Pictures.decoded(sent).getWidth());
    }

    @Test
    void whatTheServiceCannotReadIsTurnedIntoJpeg(Page page) throws IOException {
        page.open().choose(file("old.gif", Pictures.encoded(Pictures.leaf(320, 240), "gif")), file("old.bmp", Pictures
                .encoded(Pictures.leaf(240, 320), "bmp"))).answered(2);
        for (Front.Sent sent : page.front().posts()) {
            assertEquals("image/jpeg", sent.headers().get("content-type"));
            assertTrue(latin(sent.body()).startsWith("\u00ff\u00d8\u00ff"));
        }
    }

    @Test
    void theSamePictureIsSentOnce(Page page) throws IOException {
        Path leaf = file("leaf.png", Pictures.encoded(Pictures.leaf(320, 240), "png"));
        Path copy = Files.copy(leaf, folder.resolve("copy.png"));
        page.open();
        page.front().hold();
        page.choose(leaf, copy, leaf);
        page.await("the word about the copy", () -> page.text("#said").contains(
                "copy.png is here already and is not sent twice."));
        page.front().release();
        page.answered(1).choose(leaf);
        page.await("the word about the leaf", () -> page.texts("#said p").size() == 4);
        assertEquals(1, page.front().posts().size());
        assertEquals(List.of("leaf.png"), page.texts(".card .name"));
    }

    @Test
    void whatIsNoPictureIsNotSent(Page page) throws IOException {
        page.open().drop(file("notes.txt", "not a leaf".getBytes(StandardCharsets.UTF_8)));
        page.answered(1);
        assertEquals("notes.txt is not a picture that this browser can read: choose a JPEG, PNG or WebP.",
                page.text(".card .advice"));
        assertEquals(List.of(), page.front().posts());
    }

    @Test
    void aPhotoCutShortIsForTheServiceToJudge(Page page) throws IOException {
        byte[] jpeg = Pictures.encoded(Pictures.grain(Pictures.leaf(2600, 1950)), "jpg");
        byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
        assertTrue(half.length > SMALL, half.length + " bytes");
        page.open().choose(file("cut.jpg", half)).answered(1);
        assertArrayEquals(half, page.front().posts().getFirst().body());
        assertTrue(page.element(".card").getDomAttribute("class").contains("refused"));
    }

    @Test
    void whatIsTooLargeIsNotSentInVain(Page page) throws IOException {
        byte[] broken = new byte[5_000_000];
        System.arraycopy(new byte[]{-1, -40, -1, -32}, 0, broken, 0, 4);
        page.open().choose(file("broken.jpg", broken)).answered(1);
        assertTrue(page.text(".card .advice").startsWith("broken.jpg is too large"), page.text(".card .advice"));
        assertEquals(List.of(), page.front().posts());
    }

    @Test
    void aCameraIsOfferedWhereOneIsHeld(Page page) {
        page.open();
        assertFalse(page.seen("#camera"));
        page.touchScreen(true);
        page.visit("/");
        assertTrue(page.seen("#camera"));
        assertEquals("environment", page.element("#photo").getDomAttribute("capture"));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
