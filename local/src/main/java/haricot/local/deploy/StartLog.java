package haricot.local.deploy;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// The log of the classify function since a deployment began. When a start fails, it names the setting or the file.
final class StartLog {
    /// The event of a start that failed; or, should the start not have come that far, what Java prints of an exception.
    private static final Pattern CAUSE = Pattern
            .compile("\"start-failed\"|(BadSetting|BrokenModel|Caused by|Exception in|Error|error)\\b");
    private static final int AT_MOST = 5;

    private final CloudWatchLogsClient logs;
    private final String group;
    private final Instant begin;
    private final PrintWriter out;

    StartLog(CloudWatchLogsClient logs, String stack, Instant begin, PrintWriter out) {
        this.logs = logs;
        this.group = "/aws/lambda/" + stack + "-classify";
        this.begin = begin;
        this.out = out;
    }

    /// Prints why a version did not start; nothing for what is not a version.
    void explain(StackEvent failed) {
        if (failed.resourceType().startsWith("AWS::Lambda::")) {
            out.println(told(causes()));
            out.flush();
        }
    }

    /// In words for a person.
    String told(List<String> causes) {
        return causes.isEmpty()
                ? "    the function's log, " + group + ", may say why"
                : "    the function's log says: " + String.join("\n      ", causes);
    }

    /// Lines that say why a start failed, the telling ones first; empty when there are none yet.
    List<String> causes() {
        try {
            List<String> lines = logs.filterLogEventsPaginator(
                    ask -> ask.logGroupName(group).startTime(begin.toEpochMilli())).events().stream()
                    .map(FilteredLogEvent::message).flatMap(String::lines).toList();
            Set<String> told = new TreeSet<>(lines.stream().filter(line -> line.contains("\"start-failed\"")).toList());
            return (told.isEmpty()
                    ? lines.stream().filter(line -> CAUSE.matcher(line).find()).distinct()
                    : told.stream())
                    .limit(AT_MOST).toList();
        } catch (ResourceNotFoundException e) {
            return List.of();
        }
    }
}
