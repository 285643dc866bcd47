package haricot.local.deploy;

import picocli.CommandLine.Option;

/// What every command about a stack asks for.
final class StackOptions {
    @Option(names = "--stack", paramLabel = "NAME", defaultValue = "haricot", description = "The CloudFormation stack (default: ${DEFAULT-VALUE}).")
    String stack;

    @Option(names = "--region", paramLabel = "REGION", defaultValue = "", description = "The AWS region (default: the one that is set up, as by AWS_REGION).")
    String region;

    @Option(names = "--endpoint", paramLabel = "URL", defaultValue = "${env:AWS_ENDPOINT_URL:-}", hidden = true)
    String endpoint;
}
