package haricot.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What can be read with GET: the same bytes for everyone, made once at start.
public final class Pages {
    private final Response page;
    private final Response docs;
    private final Response card;
    private final Response examples;
    private final Response openApi;
    private final Response model;
    private final Response health;

    /// @param claims whether the service takes claims, so that the page offers it
    /// @param claimImages whether it then keeps pictures that are sent again
    public Pages(ModelCard card, String modelSha256, boolean claims, boolean claimImages) {
        this.page = page(resource("page.html"));
        this.docs = page(resource("docs.html"));
        this.card = page(resource("model.html"));
        this.examples = readable("application/json", examplesJson(card.examples()));
        this.openApi = readable("application/json", OpenApi.of(card, resource("openapi.json")));
        this.model = readable("application/json", modelJson(card, modelSha256, claims, claimImages));
        this.health = AnswerJson.json(200, JsonNodeFactory.instance.objectNode().put("status", "ok"));
    }

    Response page() {
        return page;
    }

    /// The OpenAPI document for people, with a form for each call.
    Response docs() {
        return docs;
    }

    /// The model's own metadata for people.
    Response card() {
        return card;
    }

    /// The pictures to try that the model carries.
    Response examples() {
        return examples;
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

    private static Response page(String html) {
        return new Response(200, Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-cache",
                "Content-Security-Policy", contentSecurityPolicy(html), "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer"), html);
    }

    private static String examplesJson(List<ModelCard.Example> examples) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ModelCard.Example example : examples) {
            list.addObject().put("type", example.type()).put("image", example.picture())
                    .put("label", example.label().isEmpty() ? null : example.label())
                    .put("decision", example.decision().word());
        }
        return JsonNodeFactory.instance.objectNode().set("examples", list).toString();
    }

    private static Response readable(String type, String body) {
        return new Response(200, Map.of("Content-Type", type, "Cache-Control", "no-cache"), body);
    }

    private static String modelJson(ModelCard card, String modelSha256, boolean claims, boolean claimImages) {
        try {
            ObjectNode json = (ObjectNode) new ObjectMapper().readTree(card.json());
            json.remove("golden");
            json.remove("reference");
            // The pictures themselves are under /v1/examples.
            json.put("examples", card.examples().size());
            return json.put("sha256", modelSha256).put("claims", claims).put("claimImages", claims && claimImages)
                    .toString();
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
