package haricot.local.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import haricot.local.host.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.athena.AthenaClient;

/// The calls to Athena, over HTTP to a server that answers as AWS's documentation says. Whether Athena does, an account shows.
final class AthenaEngineTest {
    private final List<JsonNode> started = new ArrayList<>();
    private HttpServer server;
    private String end = "SUCCEEDED";
    private int asked;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksInTheBucketsWorkgroupAndTakesEveryPage() throws IOException {
        StringWriter out = new StringWriter();
        try (AthenaClient client = client()) {
            assertEquals("Athena scanned 12.3 MB.", new AthenaEngine(client, "field").ask(Query.of("select 1; -- one"),
                    Printed.JSON.to(new PrintWriter(out))));
        }
        assertEquals("[\n{\"label\":\"label\",\"share\":0.5,\"answered\":7,\"ok\":true},\n"
                + "{\"label\":null,\"share\":\"NaN\",\"answered\":8,\"ok\":false}\n]\n", out.toString());
        assertEquals("select 1", started.getFirst().get("QueryString").asText());
        assertEquals("haricot-sql", started.getFirst().get("WorkGroup").asText());
        assertEquals("haricot_sql", started.getFirst().at("/QueryExecutionContext/Database").asText());
    }

    @Test
    void passesOnWhatAthenaObjectsTo() throws IOException {
        end = "FAILED";
        try (AthenaClient client = client()) {
            assertEquals("Athena says: line 1:8: Column 'x' cannot be resolved", assertThrows(Failure.class,
                    () -> new AthenaEngine(client, "field").ask(Query.of("select x"),
                            Printed.CSV.to(new PrintWriter(new StringWriter()))))
                    .getMessage());
        }
    }

    @Test
    void aBucketWithoutAWorkgroupIsToldWhatToDeploy() throws IOException {
        try (AthenaClient client = client()) {
            String said = assertThrows(Failure.class, () -> new AthenaEngine(client, "other").ask(Query.of("select 1"),
                    Printed.CSV.to(new PrintWriter(new StringWriter())))).getMessage();
            assertTrue(said.startsWith("no workgroup of Athena's writes to s3://other/athena/: deploy athena.yaml"),
                    said);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
        String action = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("AmazonAthena.", "");
        byte[] body = body(action, request).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String body(String action, JsonNode request) {
        return switch (action) {
            case "ListWorkGroups" -> """
                    {"WorkGroups":[{"Name":"primary","State":"ENABLED"},{"Name":"haricot-sql","State":"ENABLED"}]}""";
            case "GetWorkGroup" -> """
                    {"WorkGroup":{"Name":"x","Configuration":{"ResultConfiguration":%s}}}""".formatted(
                    request.get("WorkGroup").asText().equals("primary")
                            ? "{}"
                            : "{\"OutputLocation\":\"s3://field/athena/\"}");
            case "StartQueryExecution" -> {
                started.add(request);
                yield "{\"QueryExecutionId\":\"q\"}";
            }
            case "GetQueryExecution" -> """
                    {"QueryExecution":{"Status":{"State":"%s","StateChangeReason":"line 1:8: Column 'x' cannot be resolved"},\
                    "Statistics":{"DataScannedInBytes":12345678}}}""".formatted(asked++ == 0 ? "RUNNING" : end);
            case "GetQueryResults" -> request.has("NextToken")
                    ? results("", "{},{\"VarCharValue\":\"NaN\"},{\"VarCharValue\":\"8\"},{\"VarCharValue\":\"false\"}")
                    : results("\"NextToken\":\"n\",", "{\"VarCharValue\":\"label\"},{\"VarCharValue\":\"share\"},"
                            + "{\"VarCharValue\":\"answered\"},{\"VarCharValue\":\"ok\"}]},{\"Data\":[{\"VarCharValue\":\"label\"},"
                            + "{\"VarCharValue\":\"0.5\"},{\"VarCharValue\":\"7\"},{\"VarCharValue\":\"true\"}");
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static String results(String token, String data) {
        return "{" + token + "\"ResultSet\":{\"Rows\":[{\"Data\":[" + data
                + "]}],\"ResultSetMetadata\":{\"ColumnInfo\":["
                + "{\"Name\":\"label\",\"Type\":\"varchar\"},{\"Name\":\"share\",\"Type\":\"double\"},"
                + "{\"Name\":\"answered\",\"Type\":\"bigint\"},{\"Name\":\"ok\",\"Type\":\"boolean\"}]}}}";
    }

    private AthenaClient client() {
        return AthenaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort())).build();
    }
}
