package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.logging.LogType;

/// What the page costs, and whom it talks to.
@ExtendWith(Browser.class)
final class WeightTest {
    @Test
    void onePieceUnderFortyFiveKilobytes(Page page) throws Exception {
        HttpResponse<byte[]> html = fetched(page);
        assertTrue(html.body().length < 45_000, html.body().length + " bytes");
    }

    @Test
    void loadingItAsksForTheModelAndItsExamples(Page page) {
        page.open();
        Page.pause(300);
        assertEquals(List.of("/", "/v1/model", "/v1/examples"),
                page.front().all().stream().map(Front.Sent::path).toList());
    }

    @Test
    void nothingOfItIsFromAnotherHost(Page page) throws Exception {
        String html = new String(fetched(page).body(), StandardCharsets.UTF_8);
        assertFalse(
                Pattern.compile("(https?:)?//[a-z0-9.-]+\\.[a-z]{2,}", Pattern.CASE_INSENSITIVE).matcher(html).find());
        assertFalse(Pattern.compile("<[^>]+ (on\\w+|style)=").matcher(html).find(), "the policy forbids these");
    }

    @Test
    void theBrowserMayRunItsOwnScriptAndNothingElse(Page page) throws Exception {
        String policy = fetched(page).headers().firstValue("content-security-policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertTrue(Pattern.compile("script-src 'sha256-[^' ]+';").matcher(policy).find(), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("blocked", page.driver().executeAsyncScript("""
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                document.addEventListener("securitypolicyviolation", () => arguments[0](window.ran ? "ran" : "blocked"));
                document.body.append(script);"""));
        page.driver().manage().logs().get(LogType.BROWSER);
    }

    private static HttpResponse<byte[]> fetched(Page page) throws IOException, InterruptedException {
        page.open();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(page.front().origin() + "/")).build(), BodyHandlers
                    .ofByteArray());
        }
    }
}
