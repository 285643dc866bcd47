package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import haricot.local.deploy.Versions.Live;
import haricot.local.deploy.Versions.Version;
import haricot.local.host.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// What LocalStack cannot show of a rollback: traffic in two shares, a version that sleeps, somebody else's change. The
/// answers have the shapes of Lambda's API reference.
class RollbackTest {
    private static final String FUNCTION = "/2015-03-31/functions/haricot-classify";
    private final List<String> asked = new ArrayList<>();
    private final List<String> states = new ArrayList<>(List.of("Active"));
    private final StringWriter printed = new StringWriter();
    private int statusOfUpdate = 200;
    private HttpServer aws;
    private LambdaClient functions;

    @BeforeEach
    void serve() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", this::answer);
        aws.start();
        functions = LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create("http://127.0.0.1:" + aws.getAddress().getPort())).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"))).build();
    }

    @AfterEach
    void stop() {
        functions.close();
        aws.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(request + (body.isEmpty() ? "" : " " + body));
        int status = request.startsWith("PUT") ? statusOfUpdate : 200;
        String answer = switch (request.replaceAll("\\?.*", "")) {
            case "GET " + FUNCTION + "/aliases/live" -> "{\"FunctionVersion\":\"2\",\"Name\":\"live\",\"RevisionId\":"
                    + "\"r-1\",\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"3\":0.1}}}";
            case "GET " + FUNCTION + "/versions" -> "{\"Versions\":[" + version("$LATEST", "1.2.0") + ","
                    + version("1", "1.0.0") + "," + version("2", "1.1.0") + "," + version("3", "1.2.0") + "]}";
            case "GET " + FUNCTION + "/configuration" -> "{\"State\":\""
                    + (states.size() > 1 ? states.removeFirst() : states.getFirst()) + "\"}";
            case "PUT " + FUNCTION + "/aliases/live" -> status == 200
                    ? "{\"FunctionVersion\":\"1\"}"
                    : "{\"Type\":\"User\",\"Message\":\"The RevisionId provided does not match\"}";
            case "POST " + FUNCTION + "/invocations" -> "{}";
            default -> throw new IOException("not expected: " + request);
        };
        if (status == 412) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "PreconditionFailedException");
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String version(String number, String model) {
        return "{\"Version\":\"" + number + "\",\"LastModified\":\"2026-11-28T14:23:58.123+0000\",\"CodeSha256\":"
                + "\"q83vEjRWeJA=\",\"MemorySize\":1769,\"Environment\":{\"Variables\":{\"MODEL_NAME\":\"beans\","
                + "\"MODEL_VERSION\":\"" + model + "\"}}}";
    }

    @Test
    void versionsAndTheirSharesAreReadAsLambdaWritesThem() {
        Versions versions = new Versions(functions, "haricot");
        Live live = versions.live().orElseThrow();
        assertEquals(List.of("3 beans 1.2.0 0.1", "2 beans 1.1.0 0.9", "1 beans 1.0.0 0.0"), versions.all().stream()
                .map(each -> each.number() + " " + each.model() + " " + live.share(each.number())).toList());
        assertEquals("abcdef1234567890", versions.all().getFirst().codeSha256());
        assertEquals("2026-11-28T14:23:58.123Z", versions.all().getFirst().published().toString());
    }

    @Test
    void theVersionBeforeIsTheOneBeforeTheNewestThatGetsCalls() {
        assertEquals(2, target(Optional.empty()));
        assertEquals(1, target(Optional.of(1)));
        assertEquals("there is no version 9: haricot versions lists them",
                assertThrows(Failure.class, () -> target(Optional.of(9))).getMessage());
    }

    @Test
    void theAliasMovesWholeAndOnlyIfItIsStillTheOneThatWasRead() {
        move();
        assertEquals("PUT " + FUNCTION + "/aliases/live {\"FunctionVersion\":\"1\","
                + "\"RoutingConfig\":{\"AdditionalVersionWeights\":{}},\"RevisionId\":\"r-1\"}", asked.getLast());
        assertEquals("The alias live pointed at version 2 and points at version 1 (beans 1.0.0).\n",
                printed.toString());
    }

    @Test
    void somebodyElsesChangeIsNotOverwritten() {
        statusOfUpdate = 412;
        String said = assertThrows(Failure.class, this::move).getMessage();
        assertTrue(said.startsWith("somebody else has changed what answers since this began, so nothing was done"),
                said);
        assertEquals("", printed.toString());
    }

    @Test
    void aVersionThatSleepsIsWokenBeforeTheAliasMoves() {
        states.clear();
        states.addAll(List.of("Inactive", "Pending", "Pending", "Active"));
        move();
        assertEquals(List.of("POST", "PUT"), asked.stream().map(each -> each.split(" ", 2)[0])
                .filter(method -> !method.equals("GET")).toList());
        assertTrue(asked.stream().anyMatch(each -> each.startsWith("POST " + FUNCTION + "/invocations?Qualifier=1 {")),
                asked::toString);
        assertTrue(printed.toString().startsWith("Version 1 is asleep."), printed.toString());
    }

    @Test
    void aVersionThatCannotStartKeepsTheAliasWhereItIs() {
        states.set(0, "Failed");
        assertThrows(Failure.class, this::move);
        assertTrue(asked.stream().noneMatch(each -> each.startsWith("PUT")), asked::toString);
    }

    private int target(Optional<Integer> wanted) {
        Versions versions = new Versions(functions, "haricot");
        return rollback(versions).target(versions.all(), versions.live().orElseThrow(), wanted).number();
    }

    private void move() {
        Versions versions = new Versions(functions, "haricot");
        Rollback rollback = rollback(versions);
        Version target = versions.all().getLast();
        rollback.move(versions.live().orElseThrow(), target);
    }

    private Rollback rollback(Versions versions) {
        return new Rollback(functions, versions, Clock.systemUTC(), Duration.ofMillis(1),
                new PrintWriter(printed, true));
    }
}
