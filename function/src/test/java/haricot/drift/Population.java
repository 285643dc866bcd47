package haricot.drift;

import haricot.bucket.Histogram;
import haricot.bucket.Measure;
import haricot.bucket.Tally;
import haricot.bucket.TallyDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Pictures of one kind, as smooth distributions from which any number can be drawn: a window resampled from a small
/// pool repeats its pictures, and makes every test look alarmed.
///
/// @param shares by measure, the share of each bin; they sum to 1
/// @param labels share of each label
/// @param flagging for each bin of the score, how probably a picture in it is flagged
record Population(Map<String, double[]> shares, Map<String, Double> labels, double[] flagging) {
    private static final List<String> MEASURES = Measure.OF_CARD.stream().map(Measure::word).toList();
    /// Added to each bin, so that what a pool of a hundred pictures did not show can still come.
    private static final double UNSEEN = 0.25;

    /// @param flagged the share of flagged pictures, which are taken to be those of the highest scores
    static Population of(Map<String, Histogram> histograms, Map<String, Long> labels, double flagged) {
        Map<String, double[]> shares = new LinkedHashMap<>();
        for (String measure : MEASURES) {
            shares.put(measure, smooth(histograms.get(measure).counts()));
        }
        double all = labels.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Double> parts = new TreeMap<>();
        labels.forEach((label, count) -> parts.put(label, count / all));
        return new Population(shares, parts, flagging(shares.get(Measure.SCORE.word()), flagged));
    }

    /// The same pictures with another mix of classes.
    Population withLabels(Map<String, Double> mix) {
        return new Population(shares, mix, flagging);
    }

    /// Draws a window of this with a share of others in it.
    static Tally draw(Tally nothing, int answers, Population usual, Population other, double share,
            SplittableRandom random) {
        Map<String, long[]> counts = new TreeMap<>();
        MEASURES.forEach(measure -> counts.put(measure, new long[nothing.histograms().get(measure).counts().size()]));
        Map<String, Long> labels = new TreeMap<>();
        long flagged = 0;
        for (int i = 0; i < answers; i++) {
            Population kind = random.nextDouble() < share ? other : usual;
            int score = 0;
            for (String measure : MEASURES) {
                int bin = pick(kind.shares.get(measure), random);
                counts.get(measure)[bin]++;
                score = measure.equals(Measure.SCORE.word()) ? bin : score;
            }
            if (random.nextDouble() < kind.flagging[score]) {
                flagged++;
            } else {
                labels.merge(label(kind.labels, random), 1L, Long::sum);
            }
        }
        return tally(nothing, answers, flagged, counts, labels);
    }

    private static Tally tally(Tally nothing, long answers, long flagged, Map<String, long[]> counts,
            Map<String, Long> labels) {
        TallyDraft draft = new TallyDraft(nothing).answers(answers, flagged, flagged).labels(labels);
        counts.forEach(draft::histogram);
        return draft.tally();
    }

    private static double[] flagging(double[] scores, double flagged) {
        double[] flagging = new double[scores.length];
        double left = flagged;
        for (int i = scores.length - 1; i >= 0; i--) {
            flagging[i] = Math.clamp(left / scores[i], 0, 1);
            left -= flagging[i] * scores[i];
        }
        return flagging;
    }

    private static double[] smooth(List<Long> counts) {
        double all = counts.stream().mapToLong(Long::longValue).sum() + UNSEEN * counts.size();
        return counts.stream().mapToDouble(count -> (count + UNSEEN) / all).toArray();
    }

    private static int pick(double[] shares, SplittableRandom random) {
        double left = random.nextDouble();
        for (int i = 0; i < shares.length; i++) {
            left -= shares[i];
            if (left < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }

    private static String label(Map<String, Double> labels, SplittableRandom random) {
        double left = random.nextDouble();
        String last = "";
        for (Map.Entry<String, Double> label : labels.entrySet()) {
            last = label.getKey();
            left -= label.getValue();
            if (left < 0) {
                break;
            }
        }
        return last;
    }
}
