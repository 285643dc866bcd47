package haricot.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A body of JSON: `{"image": …}` or `{"images": […]}`, read token by token, so that
/// nothing is built of what is refused.
final class JsonForm {
    /// A correct body has three levels; what is wrong is skipped down to this depth.
    private static final int DEPTH = 16;
    private static final int NUMBER = 100;
    private static final int NAME = 1000;
    private static final String NOT_UTF8 = "The body is not valid UTF-8, which JSON must be.";

    /// Line breaks inside a string are not JSON, but what `base64 leaf.jpg` prints in a shell has them.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxNumberLength(NUMBER)
                    .maxNameLength(NAME).maxStringLength(Limits.EVENT_BYTES).build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            // What JsonText reads pictures from.
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private final Options asked;
    private final int labels;
    private final List<Submission.Entry> images = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int topK;
    private String clientId = "";

    /// @param asked in the query: the fields of the body win
    JsonForm(Options asked, int labels) {
        this.asked = asked;
        this.labels = labels;
    }

    /// @param start of the object in the bytes
    Submission read(byte[] bytes, int start) {
        if (!Bytes.isUtf8(bytes)) {
            throw new Problem(Code.MALFORMED_JSON, NOT_UTF8);
        }
        try (JsonParser json = JSON.createParser(bytes, start, bytes.length - start)) {
            object(json);
        } catch (CharConversionException e) {
            // NUL bytes make the parser guess at UTF-16 and UTF-32.
            throw new Problem(Code.MALFORMED_JSON, NOT_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read JSON from memory", e);
        }
        return submission();
    }

    private void object(JsonParser json) throws IOException {
        try {
            json.nextToken();
            fields(json);
            if (json.nextToken() != null) {
                throw new Problem(Code.MALFORMED_JSON, "There is more after the JSON object. Send one object.");
            }
        } catch (JsonProcessingException e) {
            throw malformed(e, e.getLocation() == null ? json.currentLocation() : e.getLocation());
        }
    }

    private void fields(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            String at = Quote.step(name);
            JsonFields.once(seen, name, at);
            json.nextToken();
            switch (name) {
                case "image" -> images.add(new Submission.Item(JsonFields.picture(json, at), at, "", 0));
                case "images" -> places(json);
                case Options.TOP_K -> topK = JsonFields.topK(json, at, labels);
                case Options.CLIENT_ID -> clientId = JsonFields.clientId(json, at);
                default -> throw JsonFields.unknown(name, at, "image, images, topK and clientId");
            }
        }
    }

    private void places(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw JsonFields.wrongType(json, "/images", "images must be an array");
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == Limits.IMAGES) {
                throw new Problem(Code.TOO_MANY_IMAGES, "/images",
                        "A request may hold at most " + Limits.IMAGES + " pictures. Send the rest in another.");
            }
            images.add(new JsonItem("/images/" + i).read(json));
        }
    }

    private Submission submission() {
        if (seen.contains("image") && seen.contains("images")) {
            throw new Problem(Code.INVALID_FIELD, "/images", "Send either image or images, not both.");
        }
        if (images.isEmpty()) {
            throw new Problem(Code.MISSING_IMAGE, seen.contains("images") ? "/images" : "",
                    "There is no picture here. Send {\"image\": \"…\"} or {\"images\": [\"…\", \"…\"]} with base64.");
        }
        Options options = new Options(topK == 0 ? asked.topK() : topK,
                clientId.isEmpty() ? asked.clientId() : clientId);
        List<Submission.Entry> entries = images.stream().map(options::on).toList();
        return entries.getFirst() instanceof Submission.Item item && seen.contains("image")
                ? new Submission.Single(item)
                : new Submission.Batch(entries);
    }

    /// Where it is wrong, in our own words: the parser's name its classes.
    private static Problem malformed(JsonProcessingException e, JsonLocation at) {
        String where = "line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
        String what = switch (e) {
            case StreamConstraintsException _ ->
                "The JSON is nested deeper than " + DEPTH + " levels, or has a name over "
                        + NAME + " characters or a number over " + NUMBER + ", at ";
            case JsonEOFException _ -> "The JSON ends too early, at ";
            default -> "The body is not valid JSON: it goes wrong at ";
        };
        return new Problem(Code.MALFORMED_JSON, what + where);
    }
}
