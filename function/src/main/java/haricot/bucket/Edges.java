package haricot.bucket;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The edges between which each model's values are counted. They come from its file, so that all of its tallies have the
/// same; an object that has others is not one of them, whatever it says.
///
/// @param usual by model and measure
record Edges(Map<Of, List<Double>> usual) {
    private record Of(Tally.Model model, String measure) {}

    private record Choice(Of of, List<Double> edges) {}

    private static final Comparator<Map.Entry<Choice, Integer>> FEWEST_FIRST = Map.Entry
            .<Choice, Integer>comparingByValue().thenComparing(entry -> entry.getKey().edges().toString());

    /// A tally of so many environment-hours.
    record Weighed(Tally tally, int hours) {}

    /// Those that most environment-hours have: one odd object must not make all others odd.
    static Edges ofMost(List<Weighed> tallies) {
        Map<Choice, Integer> hours = new HashMap<>();
        for (Weighed weighed : tallies) {
            weighed.tally().histograms().forEach((measure, histogram) -> hours.merge(
                    new Choice(new Of(weighed.tally().model(), measure), histogram.edges()), weighed.hours(),
                    Integer::sum));
        }
        Map<Of, List<Double>> usual = new HashMap<>();
        hours.entrySet().stream().sorted(FEWEST_FIRST)
                .forEach(entry -> usual.put(entry.getKey().of(), entry.getKey().edges()));
        return new Edges(usual);
    }

    /// @throws IllegalArgumentException if this tally has others
    void require(Tally tally) {
        tally.histograms().forEach((measure, histogram) -> {
            if (!histogram.edges().equals(usual.get(new Of(tally.model(), measure)))) {
                throw new IllegalArgumentException("histograms of different edges cannot be added");
            }
        });
    }
}
