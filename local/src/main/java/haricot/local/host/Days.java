package haricot.local.host;

import haricot.bucket.Window;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Option;

/// `--from` and `--to`.
public final class Days {
    @Option(names = "--from", paramLabel = "DAY", description = "First day, such as 2026-01-31, in UTC.")
    private LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "First day after it (default: one day after --from).")
    private LocalDate to;

    /// What was asked for; empty without either option.
    public Optional<Window> window() {
        if (from == null && to == null) {
            return Optional.empty();
        }
        LocalDate first = from == null ? to.minusDays(1) : from;
        LocalDate end = to == null ? from.plusDays(1) : to;
        if (!first.isBefore(end)) {
            throw new Failure("--to is the first day after the window, so " + first + " to " + end
                    + " holds none: the shortest is --from " + first + " --to " + first.plusDays(1));
        }
        return Optional.of(new Window(first, end));
    }
}
