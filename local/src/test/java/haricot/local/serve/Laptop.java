package haricot.local.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.S3Clients;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/// Haricot as `./haricot serve` runs it, for tests: in this process, on a free port, with the real model.
public final class Laptop implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Serving serving;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<EmbeddedS3> mended = new ArrayList<>();

    private Laptop(Path data, Serving serving) {
        this.data = data;
        this.serving = serving;
    }

    /// What differs from the defaults. Audits are off unless the settings say otherwise: answers are then the same
    /// for the same picture.
    public record With(Map<String, String> settings, String stage, String apiKey, int environments) {
        public static final With DEFAULTS = new With(Map.of(), "", "", 1);

        public With settings(Map<String, String> other) {
            return new With(other, stage, apiKey, environments);
        }

        public With stage(String other) {
            return new With(settings, other, apiKey, environments);
        }

        public With apiKey(String other) {
            return new With(settings, stage, other, environments);
        }

        public With environments(int other) {
            return new With(settings, stage, apiKey, other);
        }
    }

    /// Starts with the defaults.
    ///
    /// @param data holds the bucket
    public static Laptop start(Path data) throws IOException {
        return start(data, With.DEFAULTS);
    }

    public static Laptop start(Path data, With with) throws IOException {
        return start(data, with, TestModel.file());
    }

    /// @param model another than the one that ships
    public static Laptop start(Path data, With with, Path model) throws IOException {
        Map<String, String> settings = new HashMap<>(System.getenv());
        settings.put("AUDIT_RATE", "0");
        settings.putAll(with.settings());
        return new Laptop(data, Serving.start(new Serving.Options(data, model, with.environments(), settings,
                new Gateway.Options(0, with.stage(), with.apiKey())), System.out));
    }

    /// The address of the page, ending in a slash.
    public URI address() {
        return serving.address();
    }

    /// The bucket as a folder.
    public Path bucket() {
        return data.resolve(DataFolder.BUCKET);
    }

    /// A client of the bucket; the caller closes it.
    public S3Client s3() {
        return serving.s3().configure(S3Clients.client(true)).build();
    }

    /// Makes S3 unreachable, as a network does that breaks.
    public void cut() {
        serving.s3().close();
    }

    /// Lets S3 take connections and never answer, until the server is closed.
    public SilentServer hang() throws IOException {
        cut();
        return new SilentServer(serving.s3().address().getPort());
    }

    /// Makes it reachable again, with all that it held.
    public void mend() throws IOException, InterruptedException {
        for (int attempt = 0;; attempt++) {
            try {
                mended.add(new EmbeddedS3(data, serving.s3()));
                return;
            } catch (IOException e) {
                // Whoever else is on this computer may have been lent the port for a moment.
                if (attempt == 50) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /// The keys in the bucket that begin so, in order.
    public List<String> keys(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(bucket())) {
            return files.filter(Files::isRegularFile).map(file -> bucket().relativize(file).toString())
                    .filter(key -> key.startsWith(prefix)).sorted().toList();
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /// Posts a picture as it is.
    public HttpResponse<String> classify(byte[] picture) throws IOException, InterruptedException {
        return send(request("v1/classify").header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(picture)));
    }

    /// A request to a path below the address.
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
        serving.close();
        mended.forEach(EmbeddedS3::close);
    }
}
