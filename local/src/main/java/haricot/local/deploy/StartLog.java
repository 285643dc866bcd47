package haricot.local.deploy;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// The log of the classify function since a deployment began. When a start fails, it names the setting or the file.
final class StartLog {
    /// How Lambda's runtime client ends the line of a start that a setting or a file made impossible.
    private static final String FAILED = ": haricot.StartFailed";
    /// What Java prints of anything else.
    private static final Pattern THROWN = Pattern.compile("\\w(Exception|Error)\\b");
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
            List<String> told = lines.stream().filter(line -> line.endsWith(FAILED))
                    .map(line -> line.substring(0, line.length() - FAILED.length())).distinct().limit(AT_MOST).toList();
            return told.isEmpty()
                    ? lines.stream().filter(line -> THROWN.matcher(line).find()).distinct().limit(AT_MOST).toList()
                    : told;
        } catch (ResourceNotFoundException e) {
            return List.of();
        }
    }
}
