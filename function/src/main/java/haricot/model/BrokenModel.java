package haricot.model;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/// A model file that breaks the contract. It stops the start, or a deployment:
/// whoever made the file reads the message.
public final class BrokenModel extends RuntimeException {
    private static final long serialVersionUID = 2;

    private final Fault[] faults;

    /// One place that is wrong.
    ///
    /// @param field where in the file, such as `thresholds.review` or `output score`
    /// @param value what is there
    /// @param expected what the contract wants there
    public record Fault(String field, String value, String expected) implements Serializable {
        @Override
        public String toString() {
            return "%s is %s, expected %s".formatted(field, value, expected);
        }
    }

    public BrokenModel(String field, String value, String expected) {
        this(List.of(new Fault(field, value, expected)));
    }

    /// @param faults all that were found, one at least
    public BrokenModel(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = faults.toArray(Fault[]::new);
    }

    public List<Fault> faults() {
        return List.of(faults);
    }
}
