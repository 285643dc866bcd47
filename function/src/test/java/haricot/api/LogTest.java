package haricot.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.Flag;
import haricot.model.Decision;
import haricot.model.Prediction.Quality;
import haricot.model.Reason;
import haricot.model.Verdict;
import haricot.web.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(written, true, StandardCharsets.UTF_8),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aRequestIsOneLineWithItsStatus() throws Exception {
        log.request("id-1", new Reply(new Response(200, Map.of(), "{}"), "/v1/classify", ""), "POST", 12);
        JsonNode line = line("request");
        assertEquals(200, line.path("status").intValue());
        assertEquals("/v1/classify", line.path("path").textValue());
        assertFalse(line.has("code"));
    }

    @Test
    void everyLineOfAnInvocationHasItsIds() throws Exception {
        log.during(new Invocation("lambda-1", "1-5759e988-bd862e3fe1be46a994272793"));
        log.tallyNotStored(new IllegalStateException());
        JsonNode line = line("tally-not-stored");
        assertEquals("lambda-1", line.path("requestId").textValue());
        assertEquals("1-5759e988-bd862e3fe1be46a994272793", line.path("traceId").textValue());
        log.during(Invocation.NONE);
        log.restored(1);
        assertFalse(line("restored").has("requestId"));
    }

    @Test
    void answersAreMetricsOfTheirVersion() throws Exception {
        log.answered("Haricot/s", "7", Map.of("Answered", 2L));
        JsonNode line = line("answered");
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertEquals(NOW.toEpochMilli(), line.at("/_aws/Timestamp").longValue());
        assertEquals("Haricot/s", directive.path("Namespace").textValue());
        assertEquals("[[\"FunctionVersion\"]]", directive.path("Dimensions").toString());
        assertEquals("7", line.path("FunctionVersion").textValue());
        assertEquals(2, line.path(directive.at("/Metrics/0/Name").textValue()).intValue());
    }

    @Test
    void aRefusedRequestSaysItsCode() throws Exception {
        log.request("id-1", new Reply(new Response(404, Map.of(), ""), "other", "not-found"), "GET", 1);
        assertEquals("not-found", line("request").path("code").textValue());
    }

    @Test
    void aFlagThatWasNotStoredStandsThereWholeButForTheCallersId() throws Exception {
        log.flagNotStored(flag(), new IllegalStateException("out of reach"));
        JsonNode flag = line("flag-not-stored").path("flag");
        assertEquals("id-1", flag.path("id").textValue());
        assertEquals("reject", flag.path("decision").textValue());
        assertFalse(flag.toString().contains("row-7"));
    }

    @Test
    void aFailureOfOursStaysOnOneLine() throws Exception {
        log.internal("id-1", new IllegalStateException("first\nsecond"));
        assertTrue(line("internal-error").path("stack").size() > 0);
    }

    @Test
    void tallyStartAndRestoreHaveTheirOwnEvents() throws Exception {
        log.tallyNotStored(new IllegalStateException());
        line("tally-not-stored");
        log.started("beans", "1.0.0", 900);
        line("started");
        log.restored(3);
        line("restored");
        log.notReached(new IllegalStateException());
        line("s3-not-reached");
    }

    /// What was written since the last call: one JSON object on one line.
    private JsonNode line(String event) throws JsonProcessingException {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        assertEquals(text.length() - 1, text.indexOf('\n'));
        JsonNode line = new ObjectMapper().readTree(text);
        assertEquals(event, line.path("event").textValue());
        assertEquals(NOW.toString(), line.path("time").textValue());
        return line;
    }

    private static Flag flag() {
        Verdict verdict = new Verdict(List.of(new Verdict.Ranked("healthy", 0.9f)), true, 1, 40, 0.99f, Decision.REJECT,
                List.of(Reason.UNFAMILIAR));
        Quality quality = new Quality(0.5f, 0, 0.3f);
        return new Flag("id-1", NOW, "row-7", verdict, 1,
                new Flag.Picture("jpeg", 500, 500, quality, 1234, "0".repeat(64), ""),
                new Flag.Origin("beans", "1.0.0", "1".repeat(64), "7", "environment"));
    }
}
