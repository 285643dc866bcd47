package haricot.local.host;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// LocalStack in Docker, one for all tests, started by the first that asks and stopped with the JVM.
///
/// Tests that need it carry `@EnabledIf("haricot.local.host.LocalStack#isThere")`.
public final class LocalStack {
    /// The last community release, which runs without an account.
    private static final String IMAGE = "localstack/localstack:4.14.0";
    /// What Testcontainers 2.0.5 tidies up with, unless TESTCONTAINERS_RYUK_DISABLED.
    private static final String REAPER = "testcontainers/ryuk:0.14.0";
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Region REGION = Region.US_EAST_1;

    private LocalStack() {}

    private static final class Looked {
        private static final boolean THERE = look();

        private static boolean look() {
            Optional<String> lacks = new Docker("docker", PATIENCE).lacks(images())
                    .or(() -> DockerClientFactory.instance().isDockerAvailable()
                            ? Optional.empty()
                            : Optional.of("Testcontainers finds no Docker"));
            lacks.ifPresent(cause -> System.err.println(line(cause)));
            return lacks.isEmpty();
        }

        private static List<String> images() {
            boolean reaper = !Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
            return reaper ? List.of(IMAGE, REAPER) : List.of(IMAGE);
        }
    }

    static String line(String cause) {
        return "Skipped: the tests on LocalStack, because " + cause + ".";
    }

    private static final class Running {
        private static final LocalStackContainer CONTAINER = start();

        private static LocalStackContainer start() {
            // The commands find region and credentials as on any computer.
            System.setProperty("aws.region", REGION.id());
            System.setProperty("aws.accessKeyId", "test");
            System.setProperty("aws.secretAccessKey", "test");
            // A version primes itself for up to a minute; LocalStack gives a start twenty seconds.
            LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
                    .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120");
            container.start();
            return container;
        }
    }

    /// Whether there is a Docker to run it in; if not, one line has said why.
    public static boolean isThere() {
        return Looked.THERE;
    }

    public static URI address() {
        return Running.CONTAINER.getEndpoint();
    }

    /// All that it printed.
    public static String log() {
        return Running.CONTAINER.getLogs();
    }

    /// The caller closes it.
    public static S3Client s3() {
        return S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).endpointOverride(address())
                .region(REGION).forcePathStyle(true).credentialsProvider(credentials()).build();
    }

    /// The caller closes it.
    public static LambdaClient lambda() {
        return LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(address()).region(REGION).credentialsProvider(credentials()).build();
    }

    /// Alarms, log groups and APIs whose names begin so, as LocalStack itself lists them.
    public static String stillThere(String stack) {
        StringBuilder there = new StringBuilder();
        try (CloudWatchClient alarms = CloudWatchClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(address()).region(REGION).credentialsProvider(credentials()).build();
                CloudWatchLogsClient logs = CloudWatchLogsClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder()).endpointOverride(address())
                        .region(REGION).credentialsProvider(credentials()).build();
                ApiGatewayClient apis = ApiGatewayClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder()).endpointOverride(address())
                        .region(REGION).credentialsProvider(credentials()).build()) {
            alarms.describeAlarms(ask -> ask.alarmNamePrefix(stack)).metricAlarms()
                    .forEach(each -> there.append(each.alarmName()).append(' '));
            logs.describeLogGroups(ask -> ask.logGroupNamePrefix("/aws/lambda/" + stack)).logGroups()
                    .forEach(each -> there.append(each.logGroupName()).append(' '));
            apis.getRestApis().items().stream().filter(each -> each.name().startsWith(stack))
                    .forEach(each -> there.append(each.name()).append(' '));
        }
        return there.toString();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    }
}
