package haricot.local.serve;

import haricot.Environment;
import haricot.S3Clients;
import haricot.Settings;
import haricot.api.Invocation;
import haricot.api.Routes;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.web.ProxyEvent;
import haricot.web.Request;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/// All of Haricot in one process: a bucket of plain files with the model in it, the function, and its gateway.
public final class Serving implements AutoCloseable {

    private final EmbeddedS3 s3;
    private final S3Client client;
    private final ModelUpload.Uploaded model;
    private final List<Routes> environments;
    private final Gateway gateway;

    /// What to serve.
    ///
    /// @param data the folder that holds the bucket; what an earlier run left there stays in use
    /// @param model the file to serve
    /// @param environments how many requests are worked on at a time, 1 and up
    /// @param settings of the function, as in its environment; those that name the bucket and the model are filled in
    public record Options(Path data, Path model, int environments, Map<String, String> settings,
            Gateway.Options gateway) {}

    private Serving(EmbeddedS3 s3, S3Client client, ModelUpload.Uploaded model, List<Routes> environments,
            Gateway gateway) {
        this.s3 = s3;
        this.client = client;
        this.model = model;
        this.environments = environments;
        this.gateway = gateway;
    }

    /// Returns when it answers.
    ///
    /// @param log for refusals of the gateway's own; the function's log is the standard output
    /// @throws IOException when the data folder or the port cannot be used
    public static Serving start(Options options, PrintStream log) throws IOException {
        EmbeddedS3 s3 = new EmbeddedS3(options.data());
        S3Client client = s3.configure(S3Clients.client(true)).build();
        try {
            // First: a port that is taken is told before the model is loaded, and who comes meanwhile is told to wait.
            Gateway gateway = new Gateway(options.gateway(), log);
            try {
                ModelUpload.Uploaded model = prepare(s3, options.model());
                List<Routes> environments = environments(client, model, options);
                gateway.open(new Environments(environments.stream().map(Serving::function).toList()));
                return new Serving(s3, client, model, environments, gateway);
            } catch (RuntimeException e) {
                gateway.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            client.close();
            s3.close();
            throw e;
        }
    }

    /// Where it answers, ending in a slash.
    public URI address() {
        return gateway.address();
    }

    /// The S3 behind it.
    EmbeddedS3 s3() {
        return s3;
    }

    /// What it answers with.
    public ModelUpload.Uploaded model() {
        return model;
    }

    /// Answers what has arrived, and writes what was counted.
    @Override
    public void close() {
        gateway.close();
        environments.forEach(Routes::finish);
        client.close();
        s3.close();
    }

    private static Environments.Function function(Routes routes) {
        return (event, body) -> {
            Request request = ProxyEvent.read(event, new Request.Binary(body));
            return routes.answer(request, new Invocation(request.requestId(), ""));
        };
    }

    private static ModelUpload.Uploaded prepare(EmbeddedS3 s3, Path model) {
        try (S3Client client = s3.client()) {
            DataFolder.make(client);
            return ModelUpload.put(client, DataFolder.BUCKET, model);
        } catch (SdkException e) {
            throw s3.refusal(e);
        }
    }

    private static List<Routes> environments(S3Client client, ModelUpload.Uploaded model, Options options) {
        Map<String, String> environment = new HashMap<>(options.settings());
        environment.put("BUCKET", DataFolder.BUCKET);
        environment.put("MODEL_NAME", model.name());
        environment.put("MODEL_VERSION", model.version());
        environment.put("MODEL_SHA256", model.sha256());
        environment.put("API_KEY_REQUIRED", Boolean.toString(!options.gateway().apiKey().isEmpty()));
        Settings settings = Settings.from(environment);
        return Environment.unfrozen(settings, client, Clock.systemUTC(), SecureRandom::new, options.environments());
    }
}
