package haricot.local.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import haricot.backfill.Photographs;
import haricot.bucket.ResultLines;
import haricot.drift.Report;
import haricot.drift.S3Reports;
import haricot.local.Main;
import haricot.local.host.LocalStack;
import haricot.local.host.TestModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The template and the zip, deployed by the command line to LocalStack and called through API Gateway. The tests that
/// change the stack come last, in their order.
@EnabledIf("haricot.local.host.LocalStack#isThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployedTest {
    private static final String STACK = "haricot-test";
    private static final Path ROOT = Path.of(System.getProperty("haricot.root"));
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PHOTOS = "somebodys-photos";

    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] picture = picture();
    private S3Client s3;
    private LambdaClient lambda;
    private String printed;
    private URI address;
    private String key;
    private String bucket;

    @TempDir
    Path folder;

    @BeforeAll
    void deploy() {
        s3 = LocalStack.s3();
        lambda = LocalStack.lambda();
        printed = haricot(0, "deploy", "--zip", ROOT.resolve("function/target/haricot-x86_64.zip").toString(),
                "--model",
                TestModel.file().toString(), "--set", "RequireApiKey=true", "--set", "AuditRate=0", "--set",
                "AllowedOrigins=https://page.example", "--set", "AlarmEmail=someone@example.org", "--set",
                "BackfillBucket=" + PHOTOS, "--set", "BackfillPrefix=2019/");
        remember(printed);
    }

    @AfterAll
    void close() {
        http.close();
        s3.close();
        lambda.close();
    }

    @Test
    @Order(1)
    void printsWhatItWillCreateBeforeItDoes() {
        assertTrue(printed.startsWith("Creates the stack haricot-test in us-east-1 of "), printed);
        String before = printed.substring(0, printed.indexOf("The bucket is filled"));
        assertTrue(before.contains("AWS::Serverless::Function          Classify, Report, BackfillWorker"), printed);
        assertTrue(before.contains("RequireApiKey=true"), printed);
    }

    @Test
    @Order(1)
    void aDryRunChangesNothing() {
        String dry = haricot(0, "deploy", "--dry-run", "--zip",
                ROOT.resolve("function/target/haricot-x86_64.zip").toString(), "--model", TestModel.file().toString(),
                "--set",
                "AuditRate=1");
        assertTrue(dry.startsWith("Changes the stack haricot-test"), dry);
        assertTrue(dry.contains("  AuditRate=1\n") && dry.contains("  RequireApiKey=true\n"), dry);
        assertFalse(dry.contains("Deployed"), dry);
    }

    @Test
    @Order(1)
    void rawJsonAndMultipartGiveTheSameAnswer() throws Exception {
        JsonNode raw = classify("image/png", picture);
        assertEquals(
                List.of("id", "clientId", "label", "confidence", "predictions", "outOfDomain", "decision", "reasons",
                        "flag", "model"),
                raw.propertyStream().map(Map.Entry::getKey).toList());
        assertEquals(comparable(raw), comparable(classify("application/octet-stream", picture)));
        assertEquals(comparable(raw), comparable(classify("application/json", ("{\"image\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}").getBytes(StandardCharsets.UTF_8))));
        assertEquals(comparable(raw), comparable(classify("multipart/form-data; boundary=b", multipart(picture))));
    }

    @Test
    @Order(1)
    void aFlagIsInTheBucketWhenItsAnswerArrives() throws Exception {
        JsonNode answer = classify("image/png", picture);
        assertTrue(answer.path("flag").path("stored").asBoolean(), answer.toString());
        JsonNode flag = JSON.readTree(object(answer.path("flag").path("key").asText()));
        assertEquals(answer.path("id").asText(), flag.path("id").asText());
        assertEquals(answer.path("decision").asText(), flag.path("decision").asText());
        assertEquals("1", flag.path("functionVersion").asText(), flag.toString());
        assertTrue(keys("tallies/").size() >= 1);
        assertEquals(List.of(), keys("flagged-images/"));
    }

    @Test
    @Order(1)
    void thePageTheModelItsHealthAndOpenApiAskForNoKey() throws Exception {
        assertTrue(send("GET", "").body().startsWith("<!doctype html>"));
        assertEquals(200, send("GET", "v1/health").statusCode());
        assertEquals("beans", JSON.readTree(send("GET", "v1/model").body()).path("name").asText());
        assertEquals("3.1", JSON.readTree(send("GET", "openapi.json").body()).path("openapi").asText().substring(0, 3));
        assertEquals(204, send("OPTIONS", "v1/classify").statusCode());
    }

    @Test
    @Order(1)
    void theFunctionAnswersWhatIsNotThereOrNotAllowed() throws Exception {
        assertProblem(404, "not-found", send("GET", "no/such/thing"));
        assertProblem(405, "method-not-allowed", send("GET", "v1/classify"));
        assertProblem(405, "method-not-allowed", send("DELETE", ""));
        assertProblem(400, "empty-body", post("image/png", key, new byte[0]));
        assertProblem(415, "unsupported-format",
                post("application/octet-stream", key, "%PDF-1.7 and more".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    @Order(1)
    void withoutItsKeyNobodyClassifies() throws Exception {
        assertEquals(403, post("image/png", "", picture).statusCode());
        assertEquals(403, post("image/png", "wrong", picture).statusCode());
        URI encoded = URI.create(address + "v1%2Fclassify");
        HttpResponse<String> around = http.send(HttpRequest.newBuilder(encoded).header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(picture)).build(), BodyHandlers.ofString());
        assertTrue(Set.of(403, 404).contains(around.statusCode()), around.statusCode() + " " + around.body());
    }

    @Test
    @Order(1)
    void anAllowedPageMayReadAnswersAndNoOther() throws Exception {
        assertEquals("https://page.example", origin("https://page.example"));
        assertEquals("", origin("https://other.example"));
    }

    @Test
    @Order(1)
    void theBucketIsPrivateEncryptedAndOnlyForTls() {
        assertTrue(s3.getPublicAccessBlock(ask -> ask.bucket(bucket)).publicAccessBlockConfiguration()
                .restrictPublicBuckets());
        assertEquals("AES256", s3.getBucketEncryption(ask -> ask.bucket(bucket)).serverSideEncryptionConfiguration()
                .rules().getFirst().applyServerSideEncryptionByDefault().sseAlgorithmAsString());
        assertTrue(s3.getBucketPolicy(ask -> ask.bucket(bucket)).policy().contains("aws:SecureTransport"));
        assertNull(s3.getBucketVersioning(ask -> ask.bucket(bucket)).status());
    }

    @Test
    @Order(1)
    void theWeeklyCallFindsTheLiveVersionHealthy() throws Exception {
        String event = new YAMLMapper().readTree(ROOT.resolve("template.yaml").toFile())
                .at("/Resources/Classify/Properties/Events/Awake/Properties/Input").asText();
        JsonNode answer = invoke(STACK + "-classify:live", event);
        assertEquals(200, answer.path("statusCode").asInt(), answer.toString());
    }

    @Test
    @Order(1)
    void theNightlyCallWritesTheReport() throws Exception {
        JsonNode answer = invoke(STACK + "-report", "{\"detail-type\":\"Scheduled Event\"}");
        assertEquals("too-few", answer.path("verdict").asText(), answer.toString());
        assertFalse(answer.path("sentence").asText().isEmpty());
        assertTrue(keys("reports/latest/").contains("reports/latest/report.json"), () -> keys("reports/").toString());
    }

    /// What the tests on LocalStack say nothing about. Where this list grows, so must the one in deployment.md.
    @Test
    @Order(2)
    void localStackOnlyPretendsToCreateTheseTypes() {
        Set<String> pretended = new TreeSet<>();
        Pattern.compile("Deployment of resource type (\\S+) succeeded, but").matcher(LocalStack.log()).results()
                .forEach(match -> pretended.add(match.group(1)));
        assertEquals(Set.of("AWS::CloudWatch::Dashboard", "AWS::Logs::MetricFilter", "AWS::Logs::QueryDefinition"),
                pretended);
    }

    /// The state machine of the template, Lambda's runtime, and S3 are LocalStack's; on a laptop the same pictures are
    /// files.
    @Test
    @Order(2)
    void aBackfillOfDrawnPicturesSaysTheSameAsALaptop() throws Exception {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        List<Map.Entry<String, byte[]>> drawn = List.copyOf(Photographs.drawn().entrySet());
        for (int i = 0; i < 50; i++) {
            pictures.put("%02d %s+ä.%s".formatted(i, "100%", drawn.get(i % drawn.size()).getKey()),
                    drawn.get(i % drawn.size()).getValue());
        }
        Map<String, byte[]> photos = new LinkedHashMap<>();
        Path laptop = Files.createDirectories(folder.resolve("photos"));
        for (Map.Entry<String, byte[]> each : pictures.entrySet()) {
            photos.put("2019/" + each.getKey(), each.getValue());
            Files.write(laptop.resolve(each.getKey()), each.getValue());
        }
        Photographs.put(s3, PHOTOS, photos);
        assertTrue(haricot(69, "backfill", "s3://" + PHOTOS + "/2018/").contains("may read s3://" + PHOTOS + "/2019/"));
        assertTrue(haricot(69, "backfill", "s3://" + PHOTOS + "/2019/x").contains("there is no object under s3://"));
        assertTrue(haricot(0, "backfill", "s3://" + PHOTOS + "/2019/", "--dry-run").contains("50 objects"));
        String ran = haricot(0, "backfill", "s3://" + PHOTOS + "/2019/");
        assertTrue(ran.contains("50 of 50 objects: 50 answered"), ran);
        String run = find("Run ([0-9a-f-]{36})", ran);
        Map<String, byte[]> left = Photographs.all(s3, bucket, "backfill/" + run + "/");
        List<ObjectNode> lines = results(run);
        assertEquals(50, lines.size());

        s3.deleteObject(delete -> delete.bucket(bucket).key("backfill/" + run + "/tallies/000001.json"));
        String again = haricot(0, "backfill", "--resume", run);
        assertTrue(again.contains("1 of 1 chunks are left."), again);
        assertEquals(lines, results(run));
        Set<String> more = new TreeSet<>(Photographs.all(s3, bucket, "backfill/" + run + "/").keySet());
        assertTrue(more.remove("backfill/" + run + "/plan-2.json"));
        assertEquals(new TreeSet<>(left.keySet()), more);
        assertFalse(haricot(0, "backfill", "--resume", run).contains("are left"), "it is whole");

        Path data = folder.resolve("data");
        haricotHere("classify", laptop.toString(), "--model", TestModel.file().toString(), "--results",
                data.toString());
        Map<String, String> here = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data.resolve("haricot/results"))) {
            Path results = files.filter(file -> file.toString().endsWith(".gz")).findFirst().orElseThrow();
            ResultLines.read(Files.readAllBytes(results)).forEach(line -> here.put(
                    Path.of(line.at("/source/key").asText()).getFileName().toString(), said(line)));
        }
        Map<String, String> there = new TreeMap<>();
        lines.forEach(line -> there.put(line.at("/source/key").asText().substring("2019/".length()), said(line)));
        assertEquals(here, there);

        S3Reports reports = new S3Reports(s3, bucket, Clock.systemUTC(), () -> "none");
        Report report = reports.report(reports.reviews().runs().find(run).orElseThrow());
        assertEquals(50, report.answered());
        assertEquals(lines.stream().filter(line -> line.at("/outOfDomain/flagged").asBoolean()).count(),
                report.flagged());
        assertEquals(0, report.missing().flags() + report.missing().answers());
    }

    private List<ObjectNode> results(String run) throws IOException {
        return ResultLines.read(object("results/run=" + run + "/000001.jsonl.gz"));
    }

    /// Which of the accepted are audited depends on the run.
    private static String said(JsonNode line) {
        return line.path("label").asText() + " " + line.path("decision").asText() + " "
                + line.path("reasons").toString().replace("[\"audit\"]", "[]");
    }

    private static void haricotHere(String... command) {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        assertEquals(1, Main.commandLine().setOut(nobody).setErr(nobody).execute(command));
    }

    @Test
    @Order(3)
    void aPushedModelAnswersAndNothingIsLost() throws Exception {
        List<String> flags = keys("flags/");
        String version = JSON.readTree(send("GET", "v1/model").body()).path("version").asText();
        String next = version.substring(0, version.length() - 1) + (version.endsWith("9") ? "8" : "9");
        byte[] bytes = Files.readString(TestModel.file(), StandardCharsets.ISO_8859_1)
                .replace("\"version\":\"" + version + "\"", "\"version\":\"" + next + "\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        remember(haricot(0, "model", "push", Files.write(folder.resolve("next.onnx"), bytes).toString()));
        assertEquals(next, JSON.readTree(send("GET", "v1/model").body()).path("version").asText());
        assertEquals(next, classify("image/png", picture).path("model").path("version").asText());
        assertTrue(keys("flags/").containsAll(flags));
        assertEquals(2, keys("models/").size());
        assertEquals(403, post("image/png", "", picture).statusCode());
    }

    @Test
    @Order(4)
    void aDeploymentKeepsThePushedModelAndTheAddressOfTheApi() {
        String before = address.toString();
        String deployed = haricot(0, "deploy", "--zip", zip(), "--set", "AuditRate=0.5");
        assertTrue(deployed.contains(" stays (--model names another)"), deployed);
        remember(deployed);
        assertEquals(before, address.toString());
        String back = haricot(0, "deploy", "--dry-run", "--zip", zip(), "--model", TestModel.file().toString());
        assertTrue(back.matches("(?s).*model \\S+ → \\S+ \\(beans\\).*"), back);
    }

    @Test
    @Order(5)
    void versionsAreListedAndAnEarlierOneAnswersAgain() throws Exception {
        String versions = haricot(0, "versions");
        assertTrue(versions.matches("(?s)VERSION +MODEL.*\n3 .* 100 % .*AuditRate=0.5.*\n2 .* - .*\n1 .*"), versions);
        String back = haricot(0, "rollback", "1");
        assertTrue(back.contains("The alias live pointed at version 3 and points at version 1"), back);
        JsonNode answer = classify("image/png", picture);
        assertEquals("1",
                JSON.readTree(object(answer.path("flag").path("key").asText())).path("functionVersion").asText());
        assertTrue(haricot(0, "rollback", "1").contains("Version 1 ("), "said twice");
        assertTrue(haricot(69, "rollback").contains("there is no version before 1"));
        assertTrue(haricot(69, "rollback", "99").contains("there is no version 99"));
    }

    @Test
    @Order(7)
    void removedItLeavesTheBucketAndNothingElse() {
        List<String> kept = keys("");
        String removed = haricot(0, "remove");
        assertTrue(removed.contains("The bucket " + bucket + " is kept"), removed);
        assertEquals(kept, keys(""));
        assertEquals(List.of(), lambda.listFunctions().functions().stream().map(each -> each.functionName()).toList());
        assertEquals("", LocalStack.stillThere(STACK));
        assertTrue(
                haricot(69, "remove").contains("there is no stack haricot-test in us-east-1; remove --delete-bucket"));
    }

    @Test
    @Order(8)
    void whatARemovalKeptCanBeDeletedLater() {
        String deleted = haricot(0, "remove", "--delete-bucket");
        assertTrue(deleted.startsWith("Deleted the bucket " + bucket + " with "), deleted);
        assertTrue(s3.listBuckets().buckets().stream().noneMatch(each -> each.name().equals(bucket)));
        assertTrue(haricot(69, "remove", "--delete-bucket").contains("there is no stack haricot-test"));
    }

    private static String zip() {
        return ROOT.resolve("function/target/haricot-x86_64.zip").toString();
    }

    private String haricot(int status, String... command) {
        StringWriter out = new StringWriter();
        String[] whole = Stream.concat(Stream.of(command),
                Stream.of("--stack", STACK, "--endpoint", LocalStack.address().toString())).toArray(String[]::new);
        PrintWriter printer = new PrintWriter(out, true);
        assertEquals(status, Main.commandLine().setOut(printer).setErr(printer).execute(whole), out::toString);
        return out.toString();
    }

    /// Reads address, key and bucket from what a deployment printed.
    private void remember(String deployed) {
        address = URI.create(find("Page: +(\\S+)", deployed));
        key = find("'x-api-key: ([^']+)'", deployed);
        bucket = find("\\n  Bucket +(\\S+)", deployed);
    }

    private static String find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow(() -> new AssertionError(text))
                .group(1);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String type, String withKey, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("v1/classify"))
                .header("Content-Type", type)
                .header("Origin", "https://page.example").POST(BodyPublishers.ofByteArray(body));
        return http.send((withKey.isEmpty() ? request : request.header("x-api-key", withKey)).build(),
                BodyHandlers.ofString());
    }

    private JsonNode classify(String type, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(type, key, body);
        assertEquals(200, response.statusCode(), response::body);
        return JSON.readTree(response.body());
    }

    private String origin(String from) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve("v1/health")).header("Origin", from).build(),
                BodyHandlers.ofString()).headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    private JsonNode invoke(String function, String event) throws IOException {
        InvokeResponse response = lambda
                .invoke(ask -> ask.functionName(function).payload(SdkBytes.fromUtf8String(event)));
        assertNull(response.functionError(), () -> response.payload().asUtf8String());
        return JSON.readTree(response.payload().asUtf8String());
    }

    private List<String> keys(String prefix) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix)).contents().stream().map(S3Object::key)
                .toList();
    }

    private byte[] object(String name) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(name)).asByteArray();
    }

    private static void assertProblem(int status, String code, HttpResponse<String> response) throws IOException {
        assertEquals(status, response.statusCode(), response::body);
        assertEquals(code, JSON.readTree(response.body()).path("code").asText());
        assertEquals("application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    }

    private static JsonNode comparable(JsonNode answer) {
        return ((ObjectNode) answer.deepCopy()).without(List.of("id", "flag"));
    }

    private static byte[] multipart(byte[] picture) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        body.write(picture);
        body.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static byte[] picture() {
        BufferedImage image = new BufferedImage(300, 260, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 260; y++) {
            for (int x = 0; x < 300; x++) {
                image.setRGB(x, y, x * y % 251 << 16 | (x + y) % 256 << 8 | y % 200);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return png.toByteArray();
    }

}
