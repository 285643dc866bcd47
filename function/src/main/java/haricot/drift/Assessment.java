package haricot.drift;

import haricot.bucket.Day;
import haricot.bucket.Measure;
import haricot.bucket.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges what models answered in some days.
///
/// @param models each judged by its own reference
/// @param level the worst of those that answered enough
record Assessment(List<Report.OfModel> models, Level level) {
    /// Fewer say nothing: from thirty pictures a share is known to within a sixth.
    static final int FEWEST = 30;

    static Assessment of(List<Day.OfModel> models, Map<Tally.Model, List<Reference>> references) {
        List<Tally> tallies = models.stream().map(Day.OfModel::total).toList();
        List<Comparison> deciding = Comparison.corrected(tallies.stream().filter(tally -> judged(tally, references))
                .map(tally -> Comparison.of(tally, references.get(tally.model()).getFirst())).toList());
        List<Report.OfModel> verdicts = new ArrayList<>();
        int next = 0;
        for (Tally tally : tallies) {
            List<Reference> others = references.getOrDefault(tally.model(), List.of());
            if (judged(tally, references)) {
                Comparison first = deciding.get(next++);
                List<Comparison> comparisons = new ArrayList<>(List.of(first));
                others.stream().skip(1).forEach(other -> comparisons.add(beside(tally, other)));
                verdicts.add(new Report.OfModel(tally, first.level(), comparisons));
            } else {
                verdicts.add(new Report.OfModel(tally, Level.TOO_FEW,
                        others.stream().map(other -> beside(tally, other)).toList()));
            }
        }
        Level worst = verdicts.stream().map(Report.OfModel::verdict).reduce(Level.TOO_FEW, Level::or);
        return new Assessment(List.copyOf(verdicts), worst);
    }

    /// The model that answered most.
    Optional<Report.OfModel> main() {
        return models.stream().max(Comparator.comparingLong(model -> model.tally().answered()));
    }

    /// Its scores' PSI.
    double scorePsi() {
        return main().stream().flatMap(model -> model.comparisons().stream().limit(1))
                .flatMap(comparison -> comparison.signals().stream())
                .filter(signal -> signal.name().equals(Measure.SCORE.word())).mapToDouble(Signal::size).sum();
    }

    private static boolean judged(Tally tally, Map<Tally.Model, List<Reference>> references) {
        return tally.answered() >= FEWEST && !references.getOrDefault(tally.model(), List.of()).isEmpty();
    }

    /// For the eye: corrected by itself, and without a say.
    private static Comparison beside(Tally tally, Reference reference) {
        return Comparison.corrected(List.of(Comparison.of(tally, reference))).getFirst();
    }
}
