package haricot.drift;

import haricot.bucket.Day;
import haricot.bucket.Measure;
import haricot.bucket.Tally;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges what models answered in some days: the days taken together, and each of several by itself, so that one bad
/// day does not drown in a good month.
///
/// @param models each judged by its own reference, over all days
/// @param whole the worst of those that answered enough
/// @param days each of several days; empty for one day
record Assessment(List<Report.OfModel> models, Level whole, List<Report.JudgedDay> days) {
    /// Fewer say nothing: from thirty pictures a share is known to within a sixth.
    static final int FEWEST = 30;

    /// The questions of one comparison, and whose they are.
    private record Asked(List<Tally> tallies, List<Comparison> comparisons) {}

    /// Judges days taken together.
    static Assessment of(List<Day.OfModel> models, Map<Tally.Model, List<Reference>> references) {
        Asked asked = asked(models, references);
        return of(asked, Comparison.corrected(asked.comparisons()), references, List.of());
    }

    /// Judges a window as a whole and day by day. The whole has half of the error that may be made, and the days share
    /// the other half: more days do not make a false alarm likelier.
    static Assessment ofWindow(List<Day> window, Map<Tally.Model, List<Reference>> references) {
        if (window.size() == 1) {
            return of(Day.merge(window), references);
        }
        List<Asked> families = new ArrayList<>(List.of(asked(Day.merge(window), references)));
        window.forEach(day -> families.add(asked(day.models(), references)));
        long judgedDays = families.stream().skip(1).filter(day -> !day.comparisons().isEmpty()).count();
        List<Comparison> all = new ArrayList<>();
        List<Double> worth = new ArrayList<>();
        for (Asked family : families) {
            double each = all.isEmpty() ? 1 : 1d / judgedDays;
            family.comparisons().forEach(comparison -> {
                all.add(comparison);
                worth.add(each);
            });
        }
        List<Comparison> corrected = Comparison.corrected(all, worth);
        List<Report.JudgedDay> days = new ArrayList<>();
        int next = families.getFirst().comparisons().size();
        for (int i = 0; i < window.size(); i++) {
            int end = next + families.get(i + 1).comparisons().size();
            List<Comparison> ofDay = corrected.subList(next, end);
            days.add(new Report.JudgedDay(window.get(i).day(),
                    worst(Comparison.corrected(families.get(i + 1).comparisons())), worst(ofDay)));
            next = end;
        }
        return of(families.getFirst(), corrected.subList(0, families.getFirst().comparisons().size()), references,
                days);
    }

    private static Assessment of(Asked asked, List<Comparison> corrected, Map<Tally.Model, List<Reference>> references,
            List<Report.JudgedDay> days) {
        List<Report.OfModel> verdicts = new ArrayList<>();
        int next = 0;
        for (Tally tally : asked.tallies()) {
            List<Reference> others = references.getOrDefault(tally.model(), List.of());
            if (judged(tally, references)) {
                Comparison first = corrected.get(next++);
                List<Comparison> comparisons = new ArrayList<>(List.of(first));
                others.stream().skip(1).forEach(other -> comparisons.add(beside(tally, other)));
                verdicts.add(new Report.OfModel(tally, first.level(), comparisons));
            } else {
                verdicts.add(new Report.OfModel(tally, Level.TOO_FEW,
                        others.stream().map(other -> beside(tally, other)).toList()));
            }
        }
        return new Assessment(List.copyOf(verdicts), worst(corrected), List.copyOf(days));
    }

    /// The worse of the whole and of its days, corrected for their number.
    Level level() {
        return days.stream().map(Report.JudgedDay::corrected).reduce(whole, Level::or);
    }

    /// The days that are as bad as the verdict where the whole is not; empty otherwise.
    List<LocalDate> decidingDays() {
        return whole == level()
                ? List.of()
                : days.stream().filter(day -> day.corrected() == level()).map(Report.JudgedDay::day).toList();
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

    private static Asked asked(List<Day.OfModel> models, Map<Tally.Model, List<Reference>> references) {
        List<Tally> tallies = models.stream().map(Day.OfModel::total).toList();
        return new Asked(tallies, tallies.stream().filter(tally -> judged(tally, references))
                .map(tally -> Comparison.of(tally, references.get(tally.model()).getFirst())).toList());
    }

    private static Level worst(List<Comparison> corrected) {
        return corrected.stream().map(Comparison::level).reduce(Level.TOO_FEW, Level::or);
    }

    private static boolean judged(Tally tally, Map<Tally.Model, List<Reference>> references) {
        return tally.answered() >= FEWEST && !references.getOrDefault(tally.model(), List.of()).isEmpty();
    }

    /// For the eye: corrected by itself, and without a say.
    private static Comparison beside(Tally tally, Reference reference) {
        return Comparison.corrected(List.of(Comparison.of(tally, reference))).getFirst();
    }
}
