package haricot.local.compare;

import haricot.drift.Estimate;
import haricot.drift.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// What a candidate would change, in numbers.
///
/// @param schema 1
/// @param live name and version of the model that answers now
/// @param candidate of the other
/// @param kept how many pictures callers sent
/// @param photos how many come from a folder
/// @param unreadable pictures that cannot be judged, which count nowhere else
/// @param agreement how often both give the same label
/// @param labels pictures by the old label, then by the new one
/// @param decisions the same for decisions
/// @param flagged how often each finds a picture out of domain
/// @param reviewed on pictures of which a person said what they show; empty without any
/// @param mostChanged names of at most ten pictures
record ModelComparison(int schema, String live, String candidate, int kept, int photos, int unreadable,
        Shares.Agreement agreement,
        Map<String, Map<String, Long>> labels, Map<String, Map<String, Long>> decisions, Shares.Flagged flagged,
        List<Shares.Reviewed> reviewed, List<Changed> mostChanged, Outlook outlook) {
    private static final int SCHEMA = 1;
    private static final int SHOWN = 10;

    /// @param change see [Pair#change]
    record Changed(String name, String truth, Answer old, Answer candidate, double change) {}

    /// @param same whether both are the same file
    static ModelComparison of(String live, String candidate, boolean same, List<Pair> all) {
        List<Pair> pairs = all.stream().filter(Pair::readable).toList();
        List<Pair> kept = pairs.stream().filter(each -> !each.subject().photo()).toList();
        Shares.Agreement agreement = new Shares.Agreement(rate(pairs, Pair::agrees), field(kept, Pair::agrees),
                kept.stream().anyMatch(each -> each.subject().accepted()));
        Shares.Flagged flagged = flagged(pairs, kept);
        List<Shares.Reviewed> reviewed = reviewed(pairs.stream().filter(Pair::reviewed).toList());
        return new ModelComparison(SCHEMA, live, candidate, kept.size(), pairs.size() - kept.size(),
                all.size() - pairs.size(), agreement, table(pairs, Answer::shown), table(pairs, Answer::decision),
                flagged, reviewed, mostChanged(pairs),
                Outlook.of(same, pairs.size(), agreement, flagged, reviewed));
    }

    private static Shares.Flagged flagged(List<Pair> pairs, List<Pair> kept) {
        long onlyOld = count(pairs, each -> each.old().flagged() && !each.candidate().flagged());
        long onlyCandidate = count(pairs, each -> !each.old().flagged() && each.candidate().flagged());
        return new Shares.Flagged(rate(pairs, each -> each.old().flagged()),
                rate(pairs, each -> each.candidate().flagged()),
                field(kept, each -> each.old().flagged()), field(kept, each -> each.candidate().flagged()), onlyOld,
                onlyCandidate, PairedTest.probability(onlyOld, onlyCandidate));
    }

    private static List<Shares.Reviewed> reviewed(List<Pair> seen) {
        if (seen.isEmpty()) {
            return List.of();
        }
        long onlyOld = count(seen, each -> each.oldRight() && !each.candidateRight());
        long onlyCandidate = count(seen, each -> !each.oldRight() && each.candidateRight());
        return List.of(new Shares.Reviewed(rate(seen, Pair::oldRight), rate(seen, Pair::candidateRight), onlyOld,
                onlyCandidate, PairedTest.probability(onlyOld, onlyCandidate)));
    }

    /// Flags and audits are a biased sample: each sampling probability is a part of the field by itself, and each of its
    /// pictures stands for as many answers as its probability says.
    private static List<Estimate> field(List<Pair> kept, Predicate<Pair> hit) {
        Map<Double, List<Pair>> bySampling = new TreeMap<>();
        kept.forEach(each -> bySampling.computeIfAbsent(each.subject().sampling(), any -> new ArrayList<>()).add(each));
        List<Estimate.Part> parts = bySampling.entrySet().stream()
                .map(each -> new Estimate.Part(each.getValue().size() / each.getKey(),
                        rate(each.getValue(), hit).value(), each.getValue().size()))
                .toList();
        return parts.isEmpty() ? List.of() : List.of(Estimate.of(parts));
    }

    private static Map<String, Map<String, Long>> table(List<Pair> pairs, Function<Answer, String> named) {
        TreeSet<String> names = new TreeSet<>();
        pairs.forEach(each -> names.addAll(List.of(named.apply(each.old()), named.apply(each.candidate()))));
        Map<String, Map<String, Long>> table = new LinkedHashMap<>();
        for (String old : names) {
            Map<String, Long> row = new LinkedHashMap<>();
            names.forEach(candidate -> row.put(candidate, count(pairs, each -> named.apply(each.old()).equals(old)
                    && named.apply(each.candidate()).equals(candidate))));
            table.put(old, row);
        }
        return table;
    }

    private static List<Changed> mostChanged(List<Pair> pairs) {
        return pairs.stream().filter(each -> each.change() > 0)
                .sorted(Comparator.comparingDouble(Pair::change).reversed()
                        .thenComparing(each -> each.subject().name()))
                .limit(SHOWN).map(each -> new Changed(each.subject().name(), each.subject().truth(), each.old(),
                        each.candidate(), each.change()))
                .toList();
    }

    private static Rate rate(List<Pair> pairs, Predicate<Pair> hit) {
        return new Rate(count(pairs, hit), pairs.size());
    }

    private static long count(List<Pair> pairs, Predicate<Pair> hit) {
        return pairs.stream().filter(hit).count();
    }
}
