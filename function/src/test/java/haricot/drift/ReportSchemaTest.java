package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import haricot.bucket.Day;
import haricot.bucket.Review;
import haricot.bucket.Skipped;
import haricot.bucket.StoredFlag;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.drift.page.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportSchemaTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ReportSchemaTest.class.getResourceAsStream("report.schema.json"), InputFormat.JSON);

    private final Field field = new Field(3);

    @Test
    void aFullReportFitsItsSchema() throws IOException {
        assertFits(ReportBuilder.of(full()));
    }

    @Test
    void anEmptyReportFitsItsSchema() throws IOException {
        assertFits(ReportBuilder
                .of(new Evidence(Window.of(DAY), List.of(Day.empty(DAY)), Map.of(), 0, 0, List.of(), List.of())));
    }

    @Test
    void theSchemaDescribesEveryField() throws IOException {
        ObjectNode report = (ObjectNode) new ObjectMapper().readTree(ReportBuilder.of(full()).json());
        assertFalse(SCHEMA.validate(report.deepCopy().put("colour", 1).toString(), InputFormat.JSON).isEmpty());
        for (String name : new ArrayList<>(report.properties().stream().map(Map.Entry::getKey).toList())) {
            ObjectNode without = report.deepCopy();
            without.remove(name);
            assertFalse(SCHEMA.validate(without.toString(), InputFormat.JSON).isEmpty(), name);
        }
    }

    @Test
    void thePageNeedsNothingElse() throws IOException {
        String page = ReportPage.of(ReportBuilder.of(full()));
        Path kept = Path.of("target", "report.html");
        Files.writeString(kept, page);
        assertFalse(page.contains("<script"), "a script");
        assertFalse(page.contains("http"), "an address");
        assertFalse(page.contains("{{"), "an empty place");
        assertFalse(page.contains("NaN"), "a number that is none");
    }

    @Test
    void everyDrawingHasWordsForWhoCannotSeeIt() {
        String page = ReportPage.of(ReportBuilder.of(full()));
        int drawings = page.split("<svg role=\"img\"", -1).length - 1;
        assertTrue(drawings >= 9, drawings + " drawings");
        assertEquals(drawings, page.split("</title><desc>[^<]", -1).length - 1);
    }

    @Test
    void whatStandsInTheBucketCannotWriteIntoThePage() {
        Evidence evidence = full();
        Evidence foreign = new Evidence(evidence.window(), evidence.days(), evidence.references(), 0, 0, List.of(),
                List.of(new Skipped("<img src=x onerror=alert(1)>", "\"'&")));
        assertTrue(ReportPage.of(ReportBuilder.of(foreign)).contains("&lt;img src=x onerror=alert(1)&gt;"));
    }

    /// Four weeks with a drift in the last days, two models, reviews and what else there can be.
    private Evidence full() {
        List<Day> days = new ArrayList<>();
        for (int back = 27; back >= 0; back--) {
            Mix mix = back < 3 ? new Mix(0.03 * (4 - back), 0.1, 0.5) : Mix.USUAL;
            days.add(back % 9 == 5
                    ? Day.empty(DAY.minusDays(back))
                    : field.day(DAY.minusDays(back), Field.BEANS, 12, 12 + back % 5 * 4, mix));
        }
        List<Accuracy.Seen> seen = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String label = i % 3 == 0 ? "healthy" : "bean_rust";
            String truth = i % 13 == 0 ? Review.OTHER : i % 11 == 0 ? "angular_leaf_spot" : label;
            boolean audit = i % 2 == 0;
            seen.add(new Accuracy.Seen(new StoredFlag("id" + i, Instant.EPOCH,
                    i % 20 == 7 ? "reject" : audit ? "accept" : "review", List.of(), i % 20 == 7 ? "" : label, 0.7,
                    Map.of("healthy", 0.3, "bean_rust", 0.7), 0.5, 12, audit ? 0.01 : 1, "", Field.BEANS), truth));
        }
        return new Evidence(Window.of(DAY), days,
                Map.of(Field.BEANS, List.of(field.baseline(3_000), field.training(3_500))), 40, 87, seen,
                List.of(new Skipped("tallies/dt=2026-11-23/hh=10/e.json-5f3c", "not the name of a tally")));
    }

    private static void assertFits(Report report) throws IOException {
        assertEquals("[]",
                SCHEMA.validate(new String(report.json(), StandardCharsets.UTF_8), InputFormat.JSON).toString());
    }
}
