package haricot.local.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/// What a person does with the page and sees on it.
final class Page {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private final Chromium chromium;
    private final ChromeDriver driver;
    private final BiFunction<String, String, Front> sites;
    private Front front;

    /// @param sites the front of a laptop by its stage and its API key, both empty for none
    Page(Chromium chromium, BiFunction<String, String, Front> sites) {
        this.chromium = chromium;
        this.driver = chromium.driver();
        this.sites = sites;
        this.front = sites.apply("", "");
    }

    /// Opens the page at the root of a laptop that wants no key.
    Page open() {
        return open("", "", "/");
    }

    /// Opens the page on a laptop of that stage and key, with nothing kept from before.
    Page open(String stage, String key, String path) {
        front = sites.apply(stage, key);
        front.reset();
        // Chromium speaks of an origin's storage only where no page of that origin is at work.
        driver.get("about:blank");
        chromium.devTools("Storage.clearDataForOrigin", Map.of("origin", front.origin(), "storageTypes", "all"));
        size(1000, 900);
        return visit(path);
    }

    /// Goes there and waits for the model's name.
    Page visit(String path) {
        // Else a page loses the focus to a tab that an earlier test had open, and with it the clipboard.
        chromium.devTools("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        driver.get(front.origin() + path);
        await("the model's name", () -> !text("#model").isEmpty());
        return this;
    }

    /// Loads the page again after a script that changes the browser for it.
    void pretend(String script) {
        Object id = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script)).get(
                "identifier");
        visit("/");
        chromium.devTools("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
    }

    Page reload() {
        driver.navigate().refresh();
        return this;
    }

    /// Opens a second tab at the same place and goes on there.
    Page secondTab() {
        String here = driver.getCurrentUrl();
        driver.switchTo().newWindow(WindowType.TAB);
        return visit(here.substring(front.origin().length()));
    }

    Front front() {
        return front;
    }

    ChromeDriver driver() {
        return driver;
    }

    void size(int width, int height) {
        chromium.devTools("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// @param feature such as `prefers-color-scheme`
    void prefers(String feature, String value) {
        chromium.devTools("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    void touchScreen(boolean there) {
        chromium.devTools("Emulation.setTouchEmulationEnabled", Map.of("enabled", there));
    }

    void offline(boolean off) {
        ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
        conditions.setOffline(off);
        if (off) {
            driver.setNetworkConditions(conditions);
        } else {
            driver.deleteNetworkConditions();
        }
    }

    Page choose(Path... files) {
        element("#files").sendKeys(Arrays.stream(files).map(Path::toString).collect(Collectors.joining("\n")));
        return this;
    }

    /// Drags files from the desktop onto the page.
    void drop(Path... files) {
        List<String> names = Arrays.stream(files).map(Path::toString).toList();
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            chromium.devTools("Input.dispatchDragEvent", Map.of("type", type, "x", 300, "y", 600, "data",
                    Map.of("items", List.of(), "files", names, "dragOperationsMask", 1)));
        }
    }

    void allowClipboard() {
        chromium.devTools("Browser.grantPermissions", Map.of("origin", front.origin(), "permissions",
                List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> elements(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /// The text of the first element, seen or not; empty where there is none.
    String text(String css) {
        return (String) run("const e = document.querySelector(arguments[0]); return e ? e.textContent : ''", css);
    }

    List<String> texts(String css) {
        @SuppressWarnings("unchecked")
        List<String> found = (List<String>) run(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
        return found;
    }

    boolean seen(String css) {
        return elements(css).stream().anyMatch(WebElement::isDisplayed);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /// Waits until so many pictures have an answer, a refusal counting as one.
    Page answered(int count) {
        await(count + " answers", () -> elements(".card:is(.accept, .review, .reject, .refused)").size() == count);
        return this;
    }

    /// The answer of a card as the API gave it.
    JsonNode answer(int card) {
        try {
            return JSON.readTree(texts(".card details pre").get(card));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the answer of card " + card, e);
        }
    }

    void await(String what, BooleanSupplier there) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("waited in vain for " + what + " on:\n" + text("body > main") + "\nsaid: " + text("#said"));
            }
            pause(15);
        }
    }

    /// For what must not happen: waits long enough for it.
    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Leaves the browser as the next test expects it.
    void leave() {
        List<String> faults = driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage)
                .filter(line -> line.contains("Content Security Policy") || line.contains("Trusted") || line.contains(
                        "Uncaught"))
                .toList();
        List<String> tabs = List.copyOf(driver.getWindowHandles());
        tabs.subList(1, tabs.size()).forEach(tab -> driver.switchTo().window(tab).close());
        driver.switchTo().window(tabs.getFirst());
        offline(false);
        touchScreen(false);
        chromium.devTools("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        front.reset();
        assertEquals(List.of(), faults);
    }
}
