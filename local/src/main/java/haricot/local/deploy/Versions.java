package haricot.local.deploy;

import haricot.local.host.Failure;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// The published versions of the deployed function, and the alias that the API calls.
final class Versions {
    static final String ALIAS = "live";
    /// As Lambda writes it: `2026-11-28T14:23:58.123+0000`.
    private static final DateTimeFormatter PUBLISHED = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendOffset("+HHMM", "Z").toFormatter(Locale.ROOT);

    private final LambdaClient functions;
    private final String function;

    /// @param stack that the function belongs to
    Versions(LambdaClient functions, String stack) {
        this.functions = functions;
        this.function = stack + "-classify";
    }

    /// A published version, which never changes.
    ///
    /// @param variables of its environment
    /// @param codeSha256 of its zip, in hexadecimal
    record Version(int number, Instant published, Map<String, String> variables, String codeSha256, int memory) {
        /// Name and version of its model.
        String model() {
            return variables.getOrDefault("MODEL_NAME", "?") + " " + variables.getOrDefault("MODEL_VERSION", "?");
        }
    }

    /// What the API calls.
    ///
    /// @param version that gets what no other gets
    /// @param others what share of the calls each other version gets
    /// @param revision of the alias, which changes with every change of it
    record Live(int version, Map<Integer, Double> others, String revision) {
        /// The share of the calls that a version gets, 0 to 1.
        double share(int number) {
            double elsewhere = others.values().stream().mapToDouble(Double::doubleValue).sum();
            return number == version ? 1 - elsewhere : others.getOrDefault(number, 0.0);
        }
    }

    String function() {
        return function;
    }

    /// All that are left, newest first.
    ///
    /// @throws Failure where nothing is deployed
    List<Version> all() {
        try {
            return functions.listVersionsByFunctionPaginator(list -> list.functionName(function)).versions().stream()
                    .filter(each -> !each.version().equals("$LATEST")).map(Versions::version)
                    .sorted(Comparator.comparingInt(Version::number).reversed()).toList();
        } catch (ResourceNotFoundException e) {
            throw new Failure("there is no function " + function + ": haricot deploy makes one", e);
        }
    }

    /// Empty where there is no alias.
    Optional<Live> live() {
        try {
            var found = functions.getAlias(ask -> ask.functionName(function).name(ALIAS));
            Map<Integer, Double> others = new TreeMap<>();
            if (found.routingConfig() != null) {
                found.routingConfig().additionalVersionWeights()
                        .forEach((version, weight) -> others.put(Integer.parseInt(version), weight));
            }
            return Optional.of(new Live(Integer.parseInt(found.functionVersion()), others, found.revisionId()));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Version version(FunctionConfiguration each) {
        EnvironmentResponse environment = each.environment();
        return new Version(Integer.parseInt(each.version()), Instant.from(PUBLISHED.parse(each.lastModified())),
                environment == null ? Map.of() : environment.variables(),
                HexFormat.of().formatHex(Base64.getDecoder().decode(each.codeSha256())), each.memorySize());
    }
}
