package haricot.local.deploy;

import haricot.local.host.Failure;
import picocli.CommandLine.Option;

/// What every command about a stack asks for.
public final class StackOptions {
    @Option(names = "--stack", paramLabel = "NAME", defaultValue = "haricot", description = "The CloudFormation stack (default: ${DEFAULT-VALUE}).")
    public String stack;

    @Option(names = "--region", paramLabel = "REGION", defaultValue = "", description = "The AWS region (default: the one that is set up, as by AWS_REGION).")
    public String region;

    @Option(names = "--endpoint", paramLabel = "URL", defaultValue = "${env:AWS_ENDPOINT_URL:-}", hidden = true)
    public String endpoint;

    /// @throws Failure for a name that AWS would not take, before it is asked
    public void check() {
        if (!stack.matches("[A-Za-z][A-Za-z0-9-]{0,127}")) {
            throw new Failure("--stack is a name of letters, digits and hyphens, not " + stack);
        }
        if (!region.matches("[a-z0-9-]*")) {
            throw new Failure("--region is a region such as eu-central-1, not " + region);
        }
    }
}
