package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import haricot.Environment;
import haricot.Settings;
import haricot.api.Invocation;
import haricot.api.Routes;
import haricot.bucket.Sha256;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.local.host.TestModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/// Whether a canary's alarms go off: the template's own expressions over the metrics that functions of two versions wrote
/// into their logs while they answered.
class CanaryTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path LEAVES = Path.of(System.getProperty("haricot.leaves", ""));
    private static final int PICTURES = 112;
    private static final int AT_ONCE = 16;
    private static JsonNode template;

    @TempDir
    static Path data;

    static boolean leavesAreThere() {
        return Files.isDirectory(LEAVES.resolve("healthy"));
    }

    @BeforeAll
    static void read() throws IOException {
        template = new YAMLMapper().readTree(Path.of(System.getProperty("haricot.root"), "template.yaml").toFile());
    }

    @Test
    @EnabledIf("leavesAreThere")
    void aModelThatFlagsEverythingRaisesTheAlarmAndTheSameModelDoesNot() throws IOException {
        List<byte[]> leaves = leaves();
        Map<String, Double> metrics = new HashMap<>();
        try (EmbeddedS3 s3 = new EmbeddedS3(data); S3Client client = s3.client()) {
            client.createBucket(create -> create.bucket("haricot"));
            answer(client, "1", TestModel.file(), leaves, metrics);
            answer(client, "2", TestModel.file(), leaves, metrics);
            answer(client, "3", strict(data.resolve("strict.onnx")), leaves, metrics);
        }
        assertEquals(PICTURES, metrics.get("Answered 1"));
        assertEquals(PICTURES, metrics.get("Flagged 3"));
        assertTrue(metrics.get("Flagged 1") < PICTURES / 4.0, metrics.toString());
        assertEquals(0, alarm("CanaryFlagged", metrics, "1", "2"));
        assertEquals(1, alarm("CanaryFlagged", metrics, "1", "3"));
        assertEquals(0, alarm("CanaryRejected", metrics, "1", "2"));
    }

    /// At the edge of what is said in the alarm: 100 pictures a side, 5 points, and z of 4.
    @ParameterizedTest
    @CsvSource({"1000,50,99,99,0", "1000,50,100,100,1", "99,0,1000,900,0", "1000,50,1000,90,0", "1000,50,1000,103,1",
            "100000,5000,100000,9900,0", "100000,5000,100000,10100,1", "1000,300,100,45,0", "1000,50,200,0,0",
            "1000,300,200,0,1", "500,0,500,0,0", "500,500,500,500,0"})
    void theTestIsSilentUnlessTheDifferenceIsLargeAndBeyondChance(double old, double oldHits, double next,
            double nextHits, double expected) {
        Map<String, Double> metrics = Map.of("Answered 1", old, "Rejected 1", oldHits, "Answered 2", next, "Rejected 2",
                nextHits);
        assertEquals(expected, alarm("CanaryRejected", metrics, "1", "2"));
    }

    /// As CloudWatch evaluates an alarm, with the versions where the template has references.
    private static double alarm(String name, Map<String, Double> metrics, String old, String next) {
        Map<String, Double> values = new HashMap<>();
        double result = Double.NaN;
        for (JsonNode each : template.at("/Resources/" + name + "/Properties/Metrics")) {
            String id = each.path("Id").asText();
            if (each.has("MetricStat")) {
                JsonNode metric = each.at("/MetricStat/Metric");
                String version = metric.at("/Dimensions/0/Value").asText().equals("PreviousVersion") ? old : next;
                values.put(id, metrics.get(metric.path("MetricName").asText() + " " + version));
            } else {
                values.put(id, MetricMath.of(each.path("Expression").asText(), values));
            }
            result = each.path("ReturnData").asBoolean(true) ? values.get(id) : result;
        }
        return result;
    }

    /// Lets a version answer all of them, and adds up what its log says in CloudWatch's embedded metric format.
    private static void answer(S3Client s3, String version, Path model, List<byte[]> leaves,
            Map<String, Double> metrics) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            Routes routes = Environment.unfrozen(settings(s3, version, model), s3, Clock.systemUTC(),
                    new SecureRandom());
            for (int i = 0; i < leaves.size(); i += AT_ONCE) {
                byte[] answer = routes.answerEvent(event(leaves.subList(i, i + AT_ONCE)), Invocation.NONE);
                assertEquals(200, JSON.readTree(answer).path("statusCode").asInt(), new String(answer,
                        StandardCharsets.UTF_8));
            }
        } finally {
            System.setOut(before);
        }
        for (String text : log.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode line = JSON.readTree(text);
            for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
                String dimension = directive.at("/Dimensions/0/0").asText();
                assertEquals("Haricot/test", directive.path("Namespace").asText());
                directive.path("Metrics").forEach(each -> metrics.merge(
                        each.path("Name").asText() + " " + line.path(dimension).asText(),
                        line.path(each.path("Name").asText()).asDouble(), Double::sum));
            }
        }
    }

    private static Settings settings(S3Client s3, String version, Path model) throws IOException {
        ModelUpload.Uploaded uploaded = ModelUpload.put(s3, "haricot", model);
        assertEquals(Sha256.hex(Files.readAllBytes(model)), uploaded.sha256());
        return Settings.from(Map.of("BUCKET", "haricot", "MODEL_NAME", uploaded.name(), "MODEL_VERSION",
                uploaded.version(), "MODEL_SHA256", uploaded.sha256(), "ORT_DISABLE_TELEMETRY", "1", "S3_PATH_STYLE",
                "true", "METRICS_NAMESPACE", "Haricot/test", "AWS_LAMBDA_FUNCTION_VERSION", version));
    }

    /// The same network that calls every picture unfamiliar. Its length must stay, which the file says before it.
    private static Path strict(Path file) throws IOException {
        String model = Files.readString(TestModel.file(), StandardCharsets.ISO_8859_1);
        String changed = model.replaceAll("(\"review\":)0\\.\\d{3}", "$10.000")
                .replaceAll("(\"version\":\"\\d)\\.\\d", "$1.9");
        return Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
    }

    private static byte[] event(List<byte[]> pictures) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode images = body.putArray("images");
        pictures.forEach(each -> images.add(Base64.getEncoder().encodeToString(each)));
        ObjectNode event = JSON.createObjectNode().put("httpMethod", "POST").put("resource", "/v1/classify")
                .put("path", "/v1/classify").put("body", body.toString()).put("isBase64Encoded", false);
        event.putObject("headers").put("Content-Type", "application/json");
        return JSON.writeValueAsBytes(event);
    }

    private static List<byte[]> leaves() throws IOException {
        try (Stream<Path> files = Files.walk(LEAVES)) {
            List<byte[]> leaves = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().limit(PICTURES).toList()) {
                leaves.add(Files.readAllBytes(file));
            }
            return leaves;
        }
    }
}
