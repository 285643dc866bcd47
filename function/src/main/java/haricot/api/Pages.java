package haricot.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.Sha256;
import haricot.model.ModelCard;
import haricot.web.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What can be read with GET: the same bytes for everyone, made once at start.
public final class Pages {
    private final Response page;
    private final Response openApi;
    private final Response model;
    private final Response health;

    public Pages(ModelCard card, String modelSha256) {
        String html = resource("page.html");
        this.page = new Response(200, Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-cache",
                "Content-Security-Policy", contentSecurityPolicy(html), "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer"), html);
        this.openApi = readable("application/json", resource("openapi.json"));
        this.model = readable("application/json", modelJson(card, modelSha256));
        this.health = AnswerJson.json(200, JsonNodeFactory.instance.objectNode().put("status", "ok"));
    }

    Response page() {
        return page;
    }

    Response openApi() {
        return openApi;
    }

    /// The model's own metadata and the hash of its file, without what only tests and reports read.
    Response model() {
        return model;
    }

    Response health() {
        return health;
    }

    private static Response readable(String type, String body) {
        return new Response(200, Map.of("Content-Type", type, "Cache-Control", "no-cache"), body);
    }

    private static String modelJson(ModelCard card, String modelSha256) {
        try {
            ObjectNode json = (ObjectNode) new ObjectMapper().readTree(card.json());
            json.remove("golden");
            json.remove("reference");
            return json.put("sha256", modelSha256).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("read metadata that was read before", e);
        }
    }

    /// Only the page's own script and style run, named by their hashes, and it talks to this host alone.
    private static String contentSecurityPolicy(String html) {
        return "default-src 'none'; script-src" + hashes(html, "script") + "; style-src" + hashes(html, "style")
                + "; img-src blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hashes(String html, String element) {
        StringBuilder sources = new StringBuilder();
        Matcher inline = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(html);
        while (inline.find()) {
            sources.append(" 'sha256-").append(
                    Base64.getEncoder().encodeToString(Sha256.of(inline.group(1).getBytes(StandardCharsets.UTF_8))))
                    .append('\'');
        }
        return sources.isEmpty() ? " 'none'" : sources.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }
}
