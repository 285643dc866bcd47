package haricot.local.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.Pictures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of pictures whose names and labels somebody chose who means no good.
final class ListingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(Listing.class)
    void noNameSteersTheTerminalOrSplitsARow(Listing listing) throws Exception {
        String name = "a\nb\r\u001b[2J\u009b31m\u202egpj.jpg";
        String listed = listed(listing, name, "he\u001b[8malthy\n");
        assertEquals(1, listed.strip().lines().count(), listed);
        assertTrue(listed.strip().chars().allMatch(c -> c >= ' ' && c < 0x7F || c == '…'), listed);
        assertTrue(listed.toLowerCase(Locale.ROOT).contains("\\u001b[8malthy"), listed);
        if (listing == Listing.JSON) {
            assertEquals(name, JSON.readTree(listed).path("file").asText(), "JSON still says what it is");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1.jpg", "+1.jpg", "-1.jpg", "@SUM(A1).jpg", "\tx.jpg", "\rx.jpg",
            "=HYPERLINK(\"http://evil.example\",\"x\").jpg"})
    void noCellIsAFormula(String name) {
        String row = listed(Listing.CSV, name, "=cmd|'/C calc'!A0");
        assertTrue(row.startsWith("'") || row.startsWith("\"'"), row);
        assertTrue(row.contains(",'=cmd|'/C calc'!A0,"), row);
    }

    @Test
    void anOrdinaryNameStaysAsItIs() {
        assertTrue(listed(Listing.CSV, "Blätter/日本 1.jpg", "healthy").startsWith("Blätter/日本 1.jpg,healthy,"));
        assertFalse(listed(Listing.CSV, "-", "healthy").startsWith("'"), "the standard input");
    }

    private static String listed(Listing listing, String name, String label) {
        StringWriter out = new StringWriter();
        Pictures.Picture picture = new Pictures.Picture(name, Path.of("x.jpg"), "");
        ObjectNode answer = JSON.createObjectNode().put("label", label).put("confidence", 0.5).put("decision",
                "accept");
        answer.putObject("outOfDomain").put("score", 0.25);
        Listing.Layout layout = Listing.Layout.of(List.of(picture), List.of(label), false);
        try (PrintWriter print = new PrintWriter(out)) {
            listing.line(print, layout, new Classified(picture, answer));
        }
        return out.toString();
    }
}
