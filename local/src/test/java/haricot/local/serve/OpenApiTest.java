package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import haricot.web.Code;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Holds the served OpenAPI document to what the API does, and its examples to its schemas.
@ExtendWith(SharedLaptop.class)
class OpenApiTest {
    private static Laptop laptop;
    private static JsonNode document;

    @BeforeAll
    static void take(Laptop shared) throws IOException, InterruptedException {
        laptop = shared;
        document = Laptop.json(laptop.get("openapi.json"));
    }

    @Test
    void everyRequestExampleIsAnsweredByTheSchema() throws IOException, InterruptedException {
        JsonNode examples = document.at("/paths/~1v1~1classify/post/requestBody/content/application~1json/examples");
        assertEquals(3, examples.size());
        for (JsonNode example : examples) {
            fits("/components/schemas/Submission", example.path("value"));
            HttpResponse<String> answer = laptop.send(laptop.request("v1/classify")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(example.path("value").toString())));
            assertEquals(200, answer.statusCode(), answer.body());
            fits("/components/schemas/" + (example.path("value").has("images") ? "Results" : "Result"),
                    Laptop.json(answer));
        }
    }

    @Test
    void everyAnswerExampleFitsItsSchema() {
        JsonNode ok = document.at("/paths/~1v1~1classify/post/responses/200/content/application~1json/examples");
        for (JsonNode example : ok) {
            fits("/components/schemas/" + (example.path("value").has("results") ? "Results" : "Result"),
                    example.path("value"));
        }
    }

    @Test
    void everyCodeHasAnExampleWithItsStatus() {
        Set<String> shown = new TreeSet<>();
        for (JsonNode response : document.at("/components/responses")) {
            response.at("/content/application~1problem+json/examples").properties().forEach(example -> {
                JsonNode problem = example.getValue().path("value");
                fits("/components/schemas/Problem", problem);
                Code code = Code.valueOf(example.getKey().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
                assertEquals(code.word() + " " + code.status() + " " + code.title(), problem.path("code").asText()
                        + " " + problem.path("status").asInt() + " " + problem.path("title").asText());
                shown.add(code.word());
            });
        }
        shown.add(Code.NOT_FOUND.word());
        Set<String> all = new TreeSet<>();
        for (Code code : Code.values()) {
            all.add(code.word());
        }
        assertEquals(all, shown);
    }

    @Test
    void everyPathIsServed() throws IOException, InterruptedException {
        for (var path : document.path("paths").properties()) {
            int status = laptop.get(path.getKey().substring(1)).statusCode();
            assertEquals(path.getValue().has("get") ? 200 : 405, status, path.getKey());
        }
    }

    @Test
    void addressesAreRelative() {
        assertEquals("./", document.at("/servers/0/url").asText());
    }

    private static void fits(String pointer, JsonNode value) {
        ObjectNode schema = document.at(pointer).deepCopy();
        schema.set("components", document.path("components"));
        Schema checker = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON);
        var found = checker.validate(value.toString(), InputFormat.JSON);
        assertTrue(found.isEmpty(), () -> pointer + ": " + found + " in " + value);
    }
}
