package haricot.local.compare;

import haricot.drift.Estimate;
import haricot.drift.Words;
import java.util.List;
import java.util.Locale;

/// What the numbers of a comparison say about the candidate.
///
/// @param advice what to do
/// @param why in one sentence
record Outlook(Advice advice, String why) {
    /// Under this many pictures even ten changed answers can be chance.
    private static final int FEWEST = 30;
    /// A change beyond chance, once: nobody looks again and again.
    private static final double CHANCE = 0.05;
    /// The report calls two points of flagged pictures a change worth watching, and five an alarm.
    private static final double WATCH = 0.02;
    private static final double ALARM = 0.05;
    private static final double SAME = 0.98;

    /// What the exit status says.
    enum Advice {
        GO,
        LOOK,
        STOP;

        int status() {
            return switch (this) {
                case GO -> 0;
                case LOOK -> 1;
                case STOP -> 2;
            };
        }

        String words() {
            return switch (this) {
                case GO -> "as good or better";
                case LOOK -> "look at it";
                case STOP -> "worse";
            };
        }
    }

    /// Of the truth first, where people said it; then of what changes.
    ///
    /// @param same whether both models are one file
    static Outlook of(boolean same, int pictures, Shares.Agreement agreement, Shares.Flagged flagged,
            List<Shares.Reviewed> reviewed) {
        if (same) {
            return new Outlook(Advice.GO, "Both are the same file.");
        }
        double more = share(flagged.candidateField(), flagged.candidate().value())
                - share(flagged.oldField(), flagged.old().value());
        for (Shares.Reviewed seen : reviewed) {
            if (seen.probability() < CHANCE && seen.onlyOld() > seen.onlyCandidate()) {
                return new Outlook(Advice.STOP, "It is right less often where people said what the picture shows.");
            }
        }
        if (more >= ALARM && flagged.probability() < CHANCE) {
            return new Outlook(Advice.STOP, "It flags " + points(more) + " more of the pictures.");
        }
        if (pictures < FEWEST) {
            return new Outlook(Advice.LOOK, "Only " + Words.count(pictures, "picture") + " could be compared; it takes "
                    + FEWEST + ".");
        }
        if (Math.abs(more) >= WATCH) {
            return new Outlook(Advice.LOOK, "It flags " + points(more) + (more > 0 ? " more" : " fewer")
                    + " of the pictures.");
        }
        for (Shares.Reviewed seen : reviewed) {
            if (seen.probability() < CHANCE) {
                return new Outlook(Advice.GO, "It is right more often where people said what the picture shows.");
            }
        }
        double agrees = share(agreement.field(), agreement.pictures().value());
        return agrees >= SAME
                ? new Outlook(Advice.GO, "It answers as the live model does.")
                : new Outlook(Advice.LOOK, "It gives other answers to " + Words.percent(1 - agrees)
                        + " of the pictures, and too few were reviewed to say whose are right.");
    }

    private static double share(List<Estimate> field, double pictures) {
        return field.isEmpty() ? pictures : field.getFirst().value();
    }

    private static String points(double more) {
        return String.format(Locale.ENGLISH, "%.1f points", 100 * Math.abs(more));
    }
}
