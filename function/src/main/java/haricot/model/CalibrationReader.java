package haricot.model;

import haricot.model.ModelCard.Accepted;
import haricot.model.ModelCard.SelfCheck;
import java.util.Optional;

/// Checks what a model file says of its own calibration. Files before 1.2.0 say nothing of it.
final class CalibrationReader {
    private CalibrationReader() {}

    /// @param field `acceptedRight`
    static Optional<Accepted> accepted(CardField field) {
        if (field.absent()) {
            return Optional.empty();
        }
        CardField target = field.field("target");
        return Optional.of(new Accepted(target.absent() ? Optional.empty() : Optional.of(share(target)),
                share(field.field("right")), share(field.field("low")), share(field.field("high")),
                share(field.field("accepted")), field.field("photos").integer(1, Long.MAX_VALUE),
                field.field("reached").truth()));
    }

    /// @param field `selfCheck`
    static Optional<SelfCheck> selfCheck(CardField field) {
        if (field.absent()) {
            return Optional.empty();
        }
        return Optional.of(new SelfCheck(field.field("passed").truth(), share(field.field("drawnUnfamiliar")),
                field.field("drawn").integer(0, Long.MAX_VALUE), share(field.field("harmfulUnfamiliar")),
                field.field("harmful").integer(0, Long.MAX_VALUE)));
    }

    private static double share(CardField field) {
        return field.number(0, 1);
    }
}
