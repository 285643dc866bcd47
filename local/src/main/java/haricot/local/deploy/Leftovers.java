package haricot.local.deploy;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// What a removed stack left running, which costs money and answers callers. CloudFormation's word alone does not do:
/// LocalStack calls a stack deleted whose function still answers.
final class Leftovers {
    private final Account account;

    Leftovers(Account account) {
        this.account = account;
    }

    /// @param before everything that the stack was made of
    /// @return those of it that are still there although nobody wanted to keep them, such as `function haricot-classify`
    List<String> of(List<StackResource> before) {
        return before.stream().filter(each -> each.physicalResourceId() != null).filter(this::isThere)
                .map(each -> each.resourceType().replaceAll(".*::", "").toLowerCase(Locale.ROOT) + " "
                        + each.physicalResourceId())
                .toList();
    }

    private boolean isThere(StackResource resource) {
        String id = resource.physicalResourceId();
        return switch (resource.resourceType()) {
            case "AWS::Lambda::Function" -> functionIsThere(id);
            case "AWS::ApiGateway::RestApi" -> apiIsThere(id);
            case "AWS::CloudWatch::Alarm" ->
                !account.alarms().describeAlarms(ask -> ask.alarmNames(id)).metricAlarms().isEmpty();
            case "AWS::Logs::LogGroup" -> account.logs().describeLogGroups(ask -> ask.logGroupNamePrefix(id))
                    .logGroups().stream().anyMatch(group -> group.logGroupName().equals(id));
            default -> false;
        };
    }

    private boolean functionIsThere(String name) {
        try {
            account.functions().getFunctionConfiguration(ask -> ask.functionName(name));
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private boolean apiIsThere(String id) {
        try {
            account.apis().getRestApi(ask -> ask.restApiId(id));
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }
}
