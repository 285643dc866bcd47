package haricot.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.bucket.Flag;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// The log: one JSON object a line, with a stable `event`. No picture, file name, EXIF, address or client id ever.
public final class Log {
    private final PrintStream out;
    private final Clock clock;
    /// An environment answers one request at a time.
    private volatile Invocation invocation = Invocation.NONE;

    /// The log of a Lambda function is its standard output.
    public Log(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /// One that nobody reads, for rehearsals and for commands that say themselves what they did.
    public static Log silent(Clock clock) {
        return new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), clock);
    }

    /// What is being answered from now on.
    void during(Invocation now) {
        invocation = now;
    }

    /// One line for each HTTP request.
    ///
    /// @param millis from the event to the answer
    void request(String id, Reply reply, String method, long millis) {
        ObjectNode line = line("request").put("id", id).put("method", method).put("path", reply.path())
                .put("status", reply.response().status());
        if (!reply.code().isEmpty()) {
            line.put("code", reply.code());
        }
        print(line.put("millis", millis));
    }

    /// What became of the pictures of a request, as CloudWatch's embedded metrics of one function version.
    void answered(String namespace, String functionVersion, Map<String, Long> counts) {
        ObjectNode line = line("answered");
        ObjectNode aws = line.putObject("_aws").put("Timestamp", clock.millis());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", namespace);
        directive.putArray("Dimensions").addArray().add("FunctionVersion");
        ArrayNode metrics = directive.putArray("Metrics");
        counts.keySet().forEach(name -> metrics.addObject().put("Name", name).put("Unit", "Count"));
        line.put("FunctionVersion", functionVersion);
        counts.forEach(line::put);
        print(line);
    }

    /// S3 refused a flag: the line holds all of it, so that it is not lost. An alarm counts this event.
    public void flagNotStored(Flag flag, RuntimeException cause) {
        ObjectNode whole = flag.json();
        whole.remove("clientId");
        print(line("flag-not-stored").put("cause", cause.getClass().getSimpleName()).set("flag", whole));
    }

    /// S3 refused a tally, which is written again whole with a later request.
    public void tallyNotStored(RuntimeException cause) {
        print(line("tally-not-stored").put("cause", cause.getClass().getSimpleName()));
    }

    /// Something that is not the caller's fault.
    public void internal(String id, Throwable cause) {
        ObjectNode line = line("internal-error").put("id", id).put("cause", cause.toString());
        var stack = line.putArray("stack");
        for (StackTraceElement element : cause.getStackTrace()) {
            stack.add(element.toString());
        }
        print(line);
    }

    /// One line for each chunk of a run that is in the bucket. No key of a photo: it may hold a name.
    public void chunk(String run, String chunk, long answered, long unreadable, long millis) {
        print(line("chunk").put("run", run).put("chunk", chunk).put("answered", answered).put("unreadable", unreadable)
                .put("millis", millis));
    }

    /// The function is ready to answer.
    public void started(String model, String version, long millis) {
        print(line("started").put("model", model).put("modelVersion", version).put("millis", millis));
    }

    /// The rehearsal before a snapshot is over.
    ///
    /// @param settled whether rounds had stopped getting quicker
    /// @param median of the last round's requests
    public void rehearsed(int requests, boolean settled, Duration took, Duration median) {
        print(line("rehearsed").put("requests", requests).put("settled", settled).put("millis", took.toMillis())
                .put("medianMillis", median.toNanos() / 1e6));
    }

    /// A restored snapshot is ready to answer.
    public void restored(long millis) {
        print(line("restored").put("millis", millis));
    }

    /// S3 did not answer right after a restore; the next write tries again.
    public void notReached(RuntimeException cause) {
        print(line("s3-not-reached").put("cause", cause.getClass().getSimpleName()));
    }

    private ObjectNode line(String event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", event).put("time",
                clock.instant().toString());
        Invocation now = invocation;
        if (!now.requestId().isEmpty()) {
            line.put("requestId", now.requestId());
        }
        if (!now.traceId().isEmpty()) {
            line.put("traceId", now.traceId());
        }
        return line;
    }

    /// A single write, so that the lines of two threads do not mix.
    private void print(Object line) {
        out.print(line + "\n");
        out.flush();
    }
}
