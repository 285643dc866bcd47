package haricot.local.deploy;

import haricot.local.host.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How the traffic moves to a new version: what a person asks for, as the template's settings. CodeDeploy knows these
/// steps for Lambda and no others without a configuration of one's own.
final class Shift {
    private static final List<Integer> CANARIES = List.of(5, 10, 15, 30);
    private static final List<Integer> LINEARS = List.of(1, 2, 3, 10);
    private static final int PERCENT = 10;

    @Option(names = "--canary", paramLabel = "PERCENT", description = "Move 10 percent first, and the rest after --minutes (5, 10, 15 or 30), unless an alarm goes off.")
    Optional<Integer> canary = Optional.empty();

    @Option(names = "--linear", paramLabel = "PERCENT", description = "Move another 10 percent every --minutes (1, 2, 3 or 10), unless an alarm goes off.")
    Optional<Integer> linear = Optional.empty();

    @Option(names = "--minutes", paramLabel = "N", description = "See --canary and --linear (default: 30 and 3).")
    Optional<Integer> minutes = Optional.empty();

    @Option(names = "--all-at-once", description = "Move everything at once: the default, until told otherwise.")
    boolean atOnce;

    /// Empty when nothing was asked for: the stack then goes on as it did.
    ///
    /// @throws Failure for steps that CodeDeploy does not know
    Map<String, String> settings() {
        if ((canary.isPresent() ? 1 : 0) + (linear.isPresent() ? 1 : 0) + (atOnce ? 1 : 0) > 1) {
            throw new Failure("--canary, --linear and --all-at-once exclude each other");
        }
        if (canary.isPresent()) {
            return Map.of("Canary", "true", "Traffic", "Canary10Percent" + known(canary.get(), 30, CANARIES)
                    + "Minutes");
        }
        if (linear.isPresent()) {
            int every = known(linear.get(), 3, LINEARS);
            return Map.of("Canary", "true", "Traffic",
                    "Linear10PercentEvery" + every + "Minute" + (every == 1 ? "" : "s"));
        }
        if (minutes.isPresent()) {
            throw new Failure("--minutes belongs to --canary or --linear");
        }
        return atOnce ? Map.of("Canary", "false") : Map.of();
    }

    private int known(int percent, int otherwise, List<Integer> choices) {
        int chosen = minutes.orElse(otherwise);
        if (percent != PERCENT || !choices.contains(chosen)) {
            throw new Failure("CodeDeploy moves 10 percent at a time, here with --minutes "
                    + choices.toString().replaceAll("[\\[\\]]", "") + "; not " + percent + " percent with "
                    + chosen);
        }
        return chosen;
    }
}
