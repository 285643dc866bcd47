package haricot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.drift.Report;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A report's numbers in CloudWatch's embedded metric format: a line of the log that becomes metrics, without a call.
final class ReportMetrics {
    private ReportMetrics() {}

    /// @param namespace where the alarms look
    /// @param time of the run, not of the reported day: an alarm waits for a run
    static ObjectNode line(Report report, String namespace, Instant time) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("Verdict", severity(report));
        values.put("FlaggedRate", report.flaggedRate().value());
        values.put("Psi", report.scorePsi());
        values.put("CountsMissing", (double) report.missing().answers());
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode aws = line.putObject("_aws").put("Timestamp", time.toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", namespace);
        directive.putArray("Dimensions").addArray();
        ArrayNode metrics = directive.putArray("Metrics");
        values.keySet().forEach(name -> metrics.addObject().put("Name", name).put("Unit", "None"));
        line.put("event", "report").put("day", report.window().from().toString()).put("verdictWord",
                report.verdict().word());
        values.forEach(line::put);
        return line;
    }

    /// Days without pictures are no reason to wake anybody.
    private static double severity(Report report) {
        return switch (report.verdict()) {
            case TOO_FEW, OK -> 0;
            case WATCH -> 1;
            case ALARM -> 2;
        };
    }
}
