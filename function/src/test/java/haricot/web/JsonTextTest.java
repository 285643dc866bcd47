package haricot.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Jackson is the oracle.
class JsonTextTest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    private static final String[] PIECES = {"a", "QUJD", "\"", "\\", "/", "\n", "\r\n", "\t", "\b\f", "ü",
            "\uD83D\uDE00",
            "x".repeat(20)};

    @Test
    void aStringIsWhatAParserMakesOfIt() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(12); piece > 0; piece--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String json = " ".repeat(random.nextInt(9)) + TextNode.valueOf(text.toString()) + ", 1";
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            JsonText read = JsonText.read(bytes, json.indexOf('"') + 1).orElseThrow();
            assertEquals(text.toString(), string(read.text()), json);
            assertEquals(bytes.length - 3, read.end(), json);
        }
    }

    @Test
    void whatItCannotReadIsLeftToTheParser() {
        assertTrue(JsonText.read("\"never ends".getBytes(StandardCharsets.UTF_8), 1).isEmpty());
        assertTrue(JsonText.read("\"ends in \\".getBytes(StandardCharsets.UTF_8), 1).isEmpty());
        assertTrue(JsonText.read("\"\\u0041\"".getBytes(StandardCharsets.UTF_8), 1).isEmpty());
        assertTrue(JsonText.read("\"\\x\"".getBytes(StandardCharsets.UTF_8), 1).isEmpty());
    }

    @Test
    void aTextWithoutEscapesIsReadWhereItLies() throws IOException {
        byte[] bytes = "\uFEFF  {\"a\": \"ü\", \"image\": \"QUJD\"}".getBytes(StandardCharsets.UTF_8);
        try (JsonParser json = JSON.createParser(bytes, 3, bytes.length - 3)) {
            Span text = last(json);
            assertEquals("QUJD", string(text));
            assertSame(bytes, text.bytes());
            assertEquals(JsonToken.END_OBJECT, json.nextToken());
        }
    }

    @Test
    void escapesAndOtherEncodingsAreReadByTheParser() throws IOException {
        try (JsonParser json = JSON.createParser("[\"QU\\u004aD\"]".getBytes(StandardCharsets.UTF_8))) {
            assertEquals("QUJD", string(last(json)));
        }
        try (JsonParser json = JSON.createParser("[\"QUJD\"]".getBytes(StandardCharsets.UTF_16BE))) {
            assertEquals("QUJD", string(last(json)));
        }
    }

    private static Span last(JsonParser json) throws IOException {
        Span last = Span.EMPTY;
        while (!string(last).equals("QUJD")) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new AssertionError("it is not there");
            }
            last = token == JsonToken.VALUE_STRING ? JsonText.at(json) : last;
        }
        return last;
    }

    private static String string(Span text) {
        return new String(text.bytes(), text.from(), text.length(), StandardCharsets.UTF_8);
    }
}
