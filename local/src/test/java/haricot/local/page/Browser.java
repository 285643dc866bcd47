package haricot.local.page;

import haricot.local.serve.Laptop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands tests a fresh [Page] in the one Chromium that all of them share, and ends each by asking whether the page
/// did what its Content-Security-Policy forbids, or threw.
final class Browser implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final Namespace OURS = Namespace.create(Browser.class);
    private static final String MISSING = "The page's tests are skipped: Chromium or its driver is missing (apt-get install chromium chromium-driver).";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.installed().isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium is here");
        }
        context.getRoot().getStore(OURS).computeIfAbsent("said", once -> {
            System.out.println(MISSING);
            return MISSING;
        });
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Page.class;
    }

    @Override
    public Page resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store shared = context.getRoot().getStore(OURS);
        Chromium chromium = shared.computeIfAbsent("chromium", name -> Chromium.start(), Chromium.class);
        Page page = new Page(chromium, (stage, key) -> shared.computeIfAbsent("site " + stage + " " + key,
                name -> new Site(stage, key), Site.class).front);
        context.getStore(OURS).put("page", page);
        return page;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Page page = context.getStore(OURS).get("page", Page.class);
        if (page != null) {
            page.leave();
        }
    }

    /// A laptop and the front before it.
    private static final class Site implements AutoCloseable {
        private final Laptop laptop;
        private final Front front;

        Site(String stage, String key) {
            try {
                // In the build's folder, which a clean build empties.
                Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "page");
                laptop = Laptop.start(data, Laptop.With.DEFAULTS.stage(stage).apiKey(key));
                front = new Front(laptop.address());
            } catch (IOException e) {
                throw new UncheckedIOException("starting a laptop", e);
            }
        }

        @Override
        public void close() {
            front.close();
            laptop.close();
        }
    }
}
