package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page and what it offers to copy, at each address that it may have.
@ExtendWith(Browser.class)
final class AddressTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "a-key-of-forty-characters-for-the-tests-";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"'', /", "Prod, /Prod", "Prod, /Prod/"})
    void everythingIsFoundWhereThePageIs(String stage, String path, Page page) throws IOException {
        page.open(stage, "", path).choose(leaf()).answered(1);
        assertEquals("Beans", page.text("#title"));
        String home = stage.isEmpty() ? "/" : "/" + stage + "/";
        assertEquals(List.of(path, home + "v1/model", home + "v1/examples", home + "v1/classify"),
                page.front().all().stream().map(
                        Front.Sent::path).toList());
        assertTrue(page.element("#openapi").getDomProperty("href").endsWith(home + "openapi.json"));
        assertTrue(page.element("#card").getDomProperty("href").endsWith(home + "model"));
    }

    @ParameterizedTest
    @CsvSource({"'', '', /", "Prod, '', /Prod", "'', " + KEY + ", /"})
    void theShellLineRunsAsItStands(String stage, String key, String path, Page page) throws Exception {
        page.open(stage, key, path).choose(leaf());
        page.await("an answer or the question", () -> page.seen(".bars") || page.seen("#ask"));
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", page.text("#curl")).directory(folder.toFile())
                .redirectError(Redirect.DISCARD).redirectOutput(folder.resolve("out.json").toFile());
        shell.environment().put("API_KEY", key);
        assertEquals(0, shell.start().waitFor());
        JsonNode answer = JSON.readTree(folder.resolve("out.json").toFile());
        assertEquals(3, answer.path("predictions").size(), answer.toString());
    }

    @ParameterizedTest
    @CsvSource({"'', /", "Prod, /Prod"})
    void theWebPageRunsAsItStands(String stage, String path, Page page) throws IOException {
        page.open(stage, "", path).choose(leaf()).answered(1);
        JsonNode ours = page.answer(0);
        Path file = Files.writeString(folder.resolve("try.html"), page.text("#fetch"), StandardCharsets.UTF_8);
        page.driver().get(file.toUri().toString());
        page.element("input").sendKeys(leaf().toString());
        page.await("an answer", () -> !page.text("pre").isEmpty());
        JsonNode answer = JSON.readTree(page.text("pre"));
        assertEquals(ours.path("predictions"), answer.path("predictions"));
    }

    @Test
    void theCopyButtonCopies(Page page) {
        page.open().allowClipboard();
        page.element("#code > summary").click();
        page.element("[data-copy=curl]").click();
        page.await("its word", () -> page.text("[data-copy=curl]").equals("Copied"));
        assertEquals(page.text("#curl"), page.driver().executeAsyncScript(
                "navigator.clipboard.readText().then(arguments[0], arguments[0])"));
    }

    private Path leaf() throws IOException {
        return Files.write(folder.resolve("picture.jpg"), Pictures.encoded(Pictures.leaf(320, 240), "jpg"));
    }
}
