package haricot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.UuidV7;
import haricot.bucket.Window;
import haricot.drift.Report;
import haricot.drift.S3Reports;
import haricot.drift.page.ReportPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/// What Lambda calls on the schedule: reports the last whole days of UTC.
///
/// The answer holds the newest day's verdict and sentence, for whoever passes them on.
public final class ReportHandler implements RequestStreamHandler {
    /// A thawed environment writes the last counts of its last hour with its next request, which can be a day later.
    private static final int DAYS = 3;

    private final JsonMapper json = new JsonMapper();
    private final S3Reports reports;
    private final String namespace;
    private final Clock clock;
    private final PrintStream out;

    /// @throws StartFailed when the environment does not allow a start
    public ReportHandler() {
        this(settings(System.getenv()));
    }

    private ReportHandler(Settings settings) {
        this(fromEnvironment(settings), settings.metricsNamespace().isEmpty() ? "Haricot" : settings.metricsNamespace(),
                Clock.systemUTC(), System.out);
    }

    /// @param out is the log, where metrics go too
    public ReportHandler(S3Reports reports, String namespace, Clock clock, PrintStream out) {
        this.reports = reports;
        this.namespace = namespace;
        this.clock = clock;
        this.out = out;
    }

    static Settings settings(Map<String, String> environment) {
        try {
            return Settings.from(environment);
        } catch (BadSetting e) {
            throw new StartFailed(e);
        }
    }

    private static S3Reports fromEnvironment(Settings settings) {
        Clock clock = Clock.systemUTC();
        return new S3Reports(S3Clients.patient(settings.pathStyle()).build(), settings.bucket(), clock,
                new UuidV7(clock, new SecureRandom())::next);
    }

    /// @param event with the `time` for which it was scheduled, in ISO 8601; without one it is now
    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        Instant time = time(json.readTree(event));
        LocalDate yesterday = LocalDate.ofInstant(time, ZoneOffset.UTC).minusDays(1);
        for (int back = DAYS - 1; back > 0; back--) {
            keep(reports.report(Window.of(yesterday.minusDays(back))));
        }
        Report newest = reports.report(Window.of(yesterday));
        String page = keep(newest);
        out.print(ReportMetrics.line(newest, namespace, clock.instant()) + "\n");
        out.flush();
        answer.write(json.writeValueAsBytes(answer(newest, page)));
    }

    private String keep(Report report) {
        return reports.keep(report, ReportPage.of(report));
    }

    private ObjectNode answer(Report report, String page) {
        return json.createObjectNode().put("verdict", report.verdict().word()).put("sentence", report.sentence())
                .put("day", report.window().from().toString()).put("answered", report.answered())
                .put("flagged", report.flagged()).put("page", page);
    }

    private Instant time(JsonNode event) {
        String time = event.path("time").asText("");
        try {
            return time.isEmpty() ? clock.instant() : Instant.parse(time);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the event's time is \"" + time + "\", expected a time such as 2026-01-31T02:00:00Z",
                    e);
        }
    }
}
