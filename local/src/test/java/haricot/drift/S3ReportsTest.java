package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.ReportHandler;
import haricot.bucket.S3Bucket;
import haricot.bucket.SteppingClock;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.drift.page.ReportPage;
import haricot.local.host.BucketsOfTests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Reports of a real bucket.
@ExtendWith(BucketsOfTests.class)
final class S3ReportsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");

    private final SteppingClock clock = new SteppingClock("2026-11-24T02:00:00Z");
    private final AtomicInteger id = new AtomicInteger();
    private final Field field = new Field(11);
    private S3Client client;
    private String name;
    private S3Bucket bucket;
    private S3Reports reports;

    @BeforeEach
    void makeBucket(BucketsOfTests.Place place) {
        client = place.client();
        name = place.name();
        bucket = new S3Bucket(client, name);
        reports = new S3Reports(client, name, clock, () -> "%08d-0000-7000-8000-000000000000"
                .formatted(id.incrementAndGet()));
    }

    @Test
    void anEmptyBucketHasTooFewPictures() {
        assertEquals(Level.TOO_FEW, report(DAY).verdict());
    }

    @Test
    void addsUpTheEnvironmentHoursOfADay() {
        answer(DAY, 8, "e1", 40);
        answer(DAY, 8, "e2", 30);
        answer(DAY, 9, "e1", 20);
        answer(DAY.plusDays(1), 0, "e1", 99);
        Report report = report(DAY);
        assertEquals(90, report.answered());
        assertEquals(3, report.flaggedRate().environmentHours());
        assertEquals(22, report.missing().quietHours());
        assertEquals(new Report.Hour(8, 70, report.hours().get(8).flagged()), report.hours().get(8));
    }

    @Test
    void namesWhatItCannotUse() {
        answer(DAY, 8, "e1", 40);
        put("tallies/dt=2026-11-23/hh=08/e1.json-0b9c41d6", "{\"half\":");
        put("tallies/dt=2026-11-23/hh=09/broken.json", "{\"schema\":1,");
        put("tallies/dt=2026-11-23/hh=09/later.json", "{\"schema\":2}");
        put("tallies/dt=2026-11-23/hh=09/large.json", "x".repeat(500_000));
        Report report = report(DAY);
        assertEquals(40, report.answered());
        assertEquals(
                List.of("e1.json-0b9c41d6", "broken.json", "large.json", "later.json", "model.onnx"), report.skipped()
                        .stream().map(skipped -> skipped.key().substring(skipped.key().lastIndexOf('/') + 1)).toList());
    }

    @Test
    void countsTheLateTallyOfAThawedEnvironment() {
        answer(DAY, 8, "e1", 40);
        assertEquals(40, report(DAY).answered());
        clock.set("2026-11-25T02:00:00Z");
        answer(DAY, 23, "thawed", 25);
        assertEquals(65, report(DAY).answered());
    }

    @Test
    void readsADayFromOneObjectOnceNothingCanComeLate() {
        answer(DAY, 8, "e1", 40);
        answer(DAY, 9, "e1", 45);
        report(DAY);
        assertTrue(bucket.read("reports/dt=2026-11-23/tallies.json").isEmpty());
        clock.set("2026-11-26T02:00:00Z");
        Report before = report(DAY);
        assertTrue(bucket.read("reports/dt=2026-11-23/tallies.json").isPresent());
        bucket.list("tallies/").forEach(tally -> bucket.delete(tally.key()));
        assertArrayEquals(before.json(), report(DAY).json());
    }

    @Test
    void theSameObjectsGiveTheSameBytes() {
        answer(DAY, 8, "e1", 40);
        answer(DAY.minusDays(8), 8, "e1", 40);
        Report first = report(DAY);
        assertArrayEquals(first.json(), report(DAY).json());
        assertEquals(ReportPage.of(first), ReportPage.of(report(DAY)));
    }

    @Test
    void comparesWithTheLastBaselineOfTheModel() {
        answer(DAY.minusDays(9), 8, "e1", 400);
        answer(DAY.minusDays(8), 8, "e1", 500);
        callNormal(Window.of(DAY.minusDays(9)));
        String key = callNormal(new Window(DAY.minusDays(9), DAY.minusDays(7)));
        assertTrue(key.matches("baselines/beans/[0-9a-f-]{36}\\.json"), key);
        answer(DAY, 8, "e1", 200);
        Report report = report(DAY);
        assertEquals(900, report.models().getFirst().comparisons().getFirst().reference().answered());
        assertEquals(Level.OK, report.verdict());
    }

    @Test
    void theBaselineBeforeCountsAgainWhenTheLastIsTakenBack() {
        answer(DAY.minusDays(9), 8, "e1", 400);
        answer(DAY.minusDays(8), 8, "e1", 500);
        callNormal(Window.of(DAY.minusDays(9)));
        callNormal(Window.of(DAY.minusDays(8)));
        answer(DAY, 8, "e1", 200);
        reports.baselines().remove(reports.baselines().all().getLast());
        assertEquals(1, reports.baselines().all().size());
        assertEquals(400, report(DAY).models().getFirst().comparisons().getFirst().reference().answered());
    }

    private String callNormal(Window window) {
        return reports.callNormal(window, reports.report(window).models().getFirst().tally());
    }

    @Test
    void onlyANewerDayReplacesTheLatest() {
        answer(DAY, 8, "e1", 40);
        keep(report(DAY));
        keep(report(DAY.minusDays(1)));
        assertLatest(DAY);
        keep(report(DAY.plusDays(1)));
        assertLatest(DAY.plusDays(1));
    }

    @Test
    void ofManyReportsAtOnceTheNewestIsTheLatest() {
        List<Report> made = DAY.datesUntil(DAY.plusDays(8)).map(this::report).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            made.forEach(report -> threads.execute(() -> keep(report)));
        }
        assertLatest(DAY.plusDays(7));
        assertEquals(16 + 2, bucket.list("reports/").size());
    }

    @Test
    void theScheduleRedoesThreeDaysAndPassesTheNewestOn() throws IOException {
        answer(DAY, 8, "e1", 40);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new ReportHandler(reports, "Haricot/test", clock, new PrintStream(log, true, StandardCharsets.UTF_8))
                .handleRequest(
                        new ByteArrayInputStream(
                                "{\"time\": \"2026-11-24T02:00:00Z\"}".getBytes(StandardCharsets.UTF_8)),
                        answer,
                        null);
        assertEquals(List.of("2026-11-21", "2026-11-22", "2026-11-23"), bucket.list("reports/dt=").stream()
                .map(entry -> entry.key().substring(11, 21)).distinct().toList());
        JsonNode passed = new ObjectMapper().readTree(answer.toByteArray());
        assertEquals("too-few", passed.get("verdict").asText());
        assertFalse(passed.get("sentence").asText().isEmpty());
        JsonNode metrics = new ObjectMapper().readTree(log.toString(StandardCharsets.UTF_8));
        assertEquals("Haricot/test", metrics.at("/_aws/CloudWatchMetrics/0/Namespace").asText());
        assertEquals(0, metrics.get("Verdict").asDouble());
        metrics.at("/_aws/CloudWatchMetrics/0/Metrics")
                .forEach(metric -> assertTrue(metrics.get(metric.get("Name").asText()).isNumber()));
    }

    private void keep(Report report) {
        reports.keep(report, ReportPage.of(report));
    }

    private Report report(LocalDate day) {
        return reports.report(Window.of(day));
    }

    private void answer(LocalDate day, int hour, String environment, int answers) {
        put("tallies/dt=" + day + "/hh=%02d/".formatted(hour) + environment + ".json",
                new String(field.tally(Field.BEANS, answers, Mix.USUAL).json(), StandardCharsets.UTF_8));
    }

    private void put(String key, String content) {
        client.putObject(put -> put.bucket(name).key(key), RequestBody.fromString(content));
    }

    private void assertLatest(LocalDate day) {
        for (String name : List.of("report.html", "report.json")) {
            assertEquals(text("reports/dt=" + day + "/" + name), text("reports/latest/" + name));
        }
    }

    private String text(String key) {
        return new String(bucket.read(key).orElseThrow(), StandardCharsets.UTF_8);
    }
}
