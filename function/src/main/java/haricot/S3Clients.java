package haricot;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// How Haricot talks to S3.
public final class S3Clients {
    /// A caller waits for the write of a flag: an attempt, or a silent socket, may cost one second and the call three.
    private static final Duration ATTEMPT = Duration.ofSeconds(1);
    private static final Duration CALL = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 8;

    private S3Clients() {}

    /// A client of the region, endpoint and credentials that the SDK finds by itself (`AWS_REGION`,
    /// `AWS_ENDPOINT_URL`, the role), unless the builder is given others.
    ///
    /// @param pathStyle see [Settings#pathStyle()]
    public static S3ClientBuilder client(boolean pathStyle) {
        return builder(pathStyle, override -> {
        });
    }

    /// The same, but each call closes its connection afterwards: for use before a snapshot, which a connection does not
    /// survive. The HTTP client keeps its connections where no caller can close them.
    static S3ClientBuilder unpooled(boolean pathStyle) {
        return builder(pathStyle, override -> override.putHeader("Connection", "close"));
    }

    /// The same for work that no caller waits for, such as a report: a listing of a thousand keys, or a model, may take
    /// its time.
    public static S3ClientBuilder patient(boolean pathStyle) {
        return client(pathStyle)
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(PATIENCE)
                        .apiCallTimeout(PATIENCE.multipliedBy(3)).retryStrategy(RetryMode.STANDARD));
    }

    /// The same for a run over many pictures, which may ask S3 for more than it gives at once (503): it asks again, with
    /// pauses that grow to twenty seconds, for a minute or so. Past that the chunk fails, and is done again later.
    public static S3ClientBuilder persistent(boolean pathStyle) {
        return client(pathStyle)
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(PATIENCE)
                        .apiCallTimeout(PATIENCE.multipliedBy(4)).retryStrategy(DefaultRetryStrategy
                                .standardStrategyBuilder().maxAttempts(ATTEMPTS).build()));
    }

    private static S3ClientBuilder builder(boolean pathStyle, Consumer<ClientOverrideConfiguration.Builder> more) {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT))
                // Not the chain that all clients of a process share, which remembers what it found.
                .credentialsProvider(DefaultCredentialsProvider.builder().build())
                .overrideConfiguration(override -> more.accept(override.apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL).retryStrategy(RetryMode.STANDARD)))
                // Chunked bodies lose answers with this HTTP client: 17 to 157 of 1,000 writes to S3Proxy, 0 without.
                .serviceConfiguration(s3 -> s3.pathStyleAccessEnabled(pathStyle).chunkedEncodingEnabled(false));
    }
}
