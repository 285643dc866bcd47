package haricot.local.deploy;

import haricot.local.host.AwsRefusal;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/// The AWS account that a command works in. Region and credentials are found as the AWS command line finds them.
///
/// @param emulator the address of what stands in for AWS, such as LocalStack; empty for AWS itself
public record Account(CloudFormationClient stacks, S3Client buckets, CloudWatchLogsClient logs,
        CloudWatchClient alarms, ApiGatewayClient apis, LambdaClient functions, SfnClient machines, String region,
        String emulator) implements AutoCloseable {
    /// For a zip of 20 MB over a slow line.
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// Work in an account.
    @FunctionalInterface
    public interface Work {
        void in(Account account);
    }

    /// Does the work and closes the account. What AWS refuses becomes a [haricot.local.host.Failure] with its words.
    ///
    /// @param region empty for the one that is set up
    /// @param emulator see [Account]
    public static void use(String region, String emulator, Work work) {
        try (Account account = open(region, emulator)) {
            work.in(account);
        } catch (SdkException e) {
            throw AwsRefusal.of("AWS", e);
        }
    }

    private static Account open(String region, String emulator) {
        S3Client buckets = build(S3Client.builder().forcePathStyle(!emulator.isEmpty()), region, emulator);
        return new Account(build(CloudFormationClient.builder(), region, emulator), buckets,
                build(CloudWatchLogsClient.builder(), region, emulator),
                build(CloudWatchClient.builder(), region, emulator),
                build(ApiGatewayClient.builder(), region, emulator),
                build(LambdaClient.builder(), region, emulator),
                build(SfnClient.builder(), region, emulator),
                buckets.serviceClientConfiguration().region().id(), emulator);
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder, String region,
            String emulator) {
        builder.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(PATIENCE));
        if (!region.isEmpty()) {
            builder.region(Region.of(region));
        }
        if (!emulator.isEmpty()) {
            builder.endpointOverride(URI.create(emulator));
        }
        return builder.build();
    }

    public boolean emulated() {
        return !emulator.isEmpty();
    }

    @Override
    public void close() {
        stacks.close();
        buckets.close();
        logs.close();
        alarms.close();
        apis.close();
        functions.close();
        machines.close();
    }
}
