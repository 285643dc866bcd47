package haricot.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import haricot.local.host.ModelUpload;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/// What a function finds around it in AWS: an S3 with a name of its own, a bucket with the model in it, and an endpoint
/// that hands out credentials. It can be moved, as time moves it between a snapshot and a restore: then S3 has another
/// address, the old connections are dead, and only new credentials are good.
final class Region implements AutoCloseable {
    static final String BUCKET = "haricot";
    private static final String HOST = "s3.haricot.test";

    private final Path folder;
    private final Path hosts;
    private final HttpServer credentials;
    private final ModelUpload.Uploaded model;
    private final List<Wire> former = new ArrayList<>();
    private volatile boolean denying;
    private int generation;
    private S3Proxy s3;
    private Wire wire;

    /// @param folder for the bucket and all else
    Region(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("s3"));
        this.hosts = folder.resolve("hosts");
        credentials = Loopback.server();
        credentials.createContext("/", this::handOut);
        credentials.start();
        open(0);
        try (S3Client client = client()) {
            client.createBucket(create -> create.bucket(BUCKET));
            model = ModelUpload.put(client, BUCKET, TestModel.file());
        }
    }

    /// Cuts what there was and opens the same bucket elsewhere.
    void move() throws IOException {
        int port = wire.port();
        wire.cut();
        former.add(wire);
        stop();
        generation++;
        open(port);
    }

    /// Hands out credentials that are good for nothing.
    void deny() {
        denying = true;
    }

    /// How many bytes were sent over connections of before a move.
    long lost() {
        return former.stream().mapToLong(Wire::lost).sum();
    }

    /// Connections made since the last move.
    long connections() {
        return wire.connections();
    }

    /// The environment of a function that finds its way around here.
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_ENDPOINT_URL", "http://" + HOST + ":" + wire.port());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + credentials.getAddress().getPort() + "/");
        variables.put("S3_PATH_STYLE", "true");
        variables.put("BUCKET", BUCKET);
        variables.put("MODEL_NAME", model.name());
        variables.put("MODEL_VERSION", model.version());
        variables.put("MODEL_SHA256", model.sha256());
        return variables;
    }

    /// What the JVM needs to know the name.
    String option() {
        return "-Djdk.net.hosts.file=" + hosts;
    }

    /// The keys in the bucket that are no model's, in order.
    List<String> keys() throws IOException {
        Path bucket = folder.resolve(BUCKET);
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile).map(file -> bucket.relativize(file).toString())
                    .filter(key -> !key.startsWith("models/")).sorted().toList();
        }
    }

    String object(String key) throws IOException {
        return Files.readString(folder.resolve(BUCKET).resolve(key));
    }

    /// Where the model is as a file.
    Path modelFile() {
        return folder.resolve(BUCKET).resolve(model.key());
    }

    @Override
    public void close() throws IOException {
        credentials.stop(0);
        wire.close();
        for (Wire old : former) {
            old.close();
        }
        stop();
    }

    private String identity() {
        return "identity" + generation;
    }

    private String secret() {
        return "secret" + generation;
    }

    private void open(int port) throws IOException {
        s3 = S3Proxy.builder().blobStore(new FilesystemNio2BlobStore(folder.toAbsolutePath().toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                // It does not know session tokens, which every credential of a role has.
                .ignoreUnknownHeaders(true).awsAuthentication(AuthenticationType.AWS_V4, identity(), secret()).build();
        try {
            s3.start();
        } catch (Exception e) {
            throw new IOException("S3 does not start", e);
        }
        // Every address of 127.0.0.0/8 is the loopback interface's.
        String address = "127.0.0." + (1 + generation);
        wire = new Wire(address, port, s3.getPort());
        Files.writeString(hosts, address + " " + HOST + "\n");
    }

    private void stop() throws IOException {
        try {
            s3.stop();
        } catch (Exception e) {
            throw new IOException("S3 does not stop", e);
        }
    }

    private S3Client client() {
        return S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create("http://127.0.0.1:" + s3.getPort()))
                .region(software.amazon.awssdk.regions.Region.US_EAST_1).forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(identity(), secret())))
                .serviceConfiguration(s -> s.chunkedEncodingEnabled(false)).build();
    }

    private void handOut(HttpExchange exchange) throws IOException {
        byte[] body = """
                {"AccessKeyId": "%s", "SecretAccessKey": "%s", "Token": "token", "Expiration": "%s"}"""
                .formatted(identity(), denying ? "wrong" : secret(), Instant.now().plus(Duration.ofHours(6)))
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
