package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import haricot.local.host.Failure;
import haricot.local.host.LocalStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/// What is tried after a deployment, against an API that answers as it is told and logs as Lambda leaves them.
@EnabledIf("haricot.local.host.LocalStack#isThere")
class TrialTest {
    private static final Instant BEGIN = Instant.now().minusSeconds(60);
    private static final String FLAGGED = "{\"decision\":\"reject\",\"predictions\":[{\"label\":\"healthy\","
            + "\"probability\":0.5}],\"flag\":{\"key\":\"flags/f.json\",\"stored\":%s}}";

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final StringWriter printed = new StringWriter();
    private HttpServer api;

    private record Answer(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void aDrawingIsClassifiedAndItsFlagIsNamed() {
        answers.add(new Answer(200, "{}"));
        answers.add(new Answer(200, FLAGGED.formatted("true")));
        trial("never-deployed");
        assertEquals("It is healthy.\nA drawn picture: reject (it looks most like healthy, 0.50).\n"
                + "Its flag: s3://bucket/flags/f.json\n", printed.toString());
    }

    @Test
    void aNewKeyMayTakeAWhile() {
        answers.add(new Answer(200, "{}"));
        answers.add(new Answer(403, "{}"));
        answers.add(new Answer(200, FLAGGED.formatted("true")));
        trial("never-deployed");
        assertTrue(printed.toString().contains("A drawn picture: reject"));
    }

    @Test
    void aFlagThatCannotBeStoredFailsTheDeployment() {
        answers.add(new Answer(200, "{}"));
        answers.add(new Answer(200, FLAGGED.formatted("false")));
        assertEquals("the function answers, but could not write flags/f.json into the bucket",
                failure("never-deployed"));
    }

    @Test
    void whatStoppedTheStartIsReadFromTheLog() {
        Account.use("", LocalStack.address().toString(), account -> write(account.logs(), "/aws/lambda/broken-classify",
                "INIT_START Runtime Version: java:25.v1",
                "AUDIT_RATE=2: expected a share from 0 to 1: haricot.StartFailed\n"));
        String said = "    the function's log says: AUDIT_RATE=2: expected a share from 0 to 1";
        answers.add(new Answer(502, "no"));
        assertEquals(address("v1/health") + " answers 502: no\n" + said, failure("broken"));
        Account.use("", LocalStack.address().toString(), account -> new StartLog(account.logs(), "broken", BEGIN,
                new PrintWriter(printed)).explain(StackEvent.builder().resourceType("AWS::Lambda::Version").build()));
        assertEquals(said + "\n", printed.toString());
    }

    @Test
    void whereTheLogSaysNothingItIsNamed() {
        answers.add(new Answer(500, "no"));
        assertEquals(address("v1/health") + " answers 500: no\n"
                + "    the function's log, /aws/lambda/never-deployed-classify, may say why",
                failure("never-deployed"));
    }

    private String failure(String stack) {
        return assertThrows(Failure.class, () -> trial(stack)).getMessage();
    }

    private void trial(String stack) {
        Deployed deployed = new Deployed(address(""), "key", Map.of("Bucket", "bucket"));
        Account.use("", LocalStack.address().toString(), account -> {
            StartLog log = new StartLog(account.logs(), stack, BEGIN, new PrintWriter(printed));
            // Every look at this clock finds it eleven seconds on.
            AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
            InstantSource hasty = () -> now.updateAndGet(at -> at.plus(Duration.ofSeconds(11)));
            new Trial(deployed, log, hasty.withZone(ZoneOffset.UTC), new PrintWriter(printed, true)).run();
        });
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + api.getAddress().getPort() + "/Prod/" + path);
    }

    private static void write(CloudWatchLogsClient logs, String group, String... lines) {
        logs.createLogGroup(create -> create.logGroupName(group));
        logs.createLogStream(create -> create.logGroupName(group).logStreamName("2026/01/01/[1]a"));
        long now = System.currentTimeMillis();
        logs.putLogEvents(put -> put.logGroupName(group).logStreamName("2026/01/01/[1]a").logEvents(List.of(lines)
                .stream().map(line -> InputLogEvent.builder().timestamp(now).message(line).build()).toList()));
    }
}
