package haricot.model;

import haricot.model.ModelCard.Thresholds;
import haricot.model.Prediction.Quality;
import haricot.model.Verdict.Ranked;
import haricot.picture.raster.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Turns a prediction into a verdict, by the thresholds of a model.
public final class Judge {
    private final List<String> labels;
    private final Thresholds thresholds;

    /// @param card of the model whose predictions are judged
    public Judge(ModelCard card) {
        labels = card.labels();
        thresholds = card.thresholds();
    }

    /// Judges a prediction.
    ///
    /// @param prediction what the graph said
    /// @param image of this picture
    /// @return with every reason but those of the rollout and of sampling, which are not the picture's
    public Verdict judge(Prediction prediction, Image image) {
        List<Ranked> ranked = rank(prediction.probabilities());
        boolean unfamiliar = prediction.score() >= thresholds.review();
        boolean unsure = ranked.getFirst().probability() < thresholds.confidence();
        boolean unusable = !poor(prediction.quality(), image, true).isEmpty();
        boolean flagged = unfamiliar || unusable;

        Decision decision;
        if (prediction.distance() >= thresholds.reject() || unusable) {
            decision = Decision.REJECT;
        } else if (flagged || unsure) {
            decision = Decision.REVIEW;
        } else {
            decision = Decision.ACCEPT;
        }

        List<Reason> reasons = new ArrayList<>();
        if (unfamiliar) {
            reasons.add(Reason.UNFAMILIAR);
        }
        if (decision != Decision.ACCEPT) {
            reasons.addAll(poor(prediction.quality(), image, false));
        }
        if (decision == Decision.REVIEW && unsure) {
            reasons.add(Reason.LOW_CONFIDENCE);
        }
        return new Verdict(ranked, flagged, prediction.score(), prediction.distance(), thresholds.review(), decision,
                List.copyOf(reasons));
    }

    private List<Ranked> rank(float[] probabilities) {
        // The sort is stable: of two equal labels, the one that the model names first stays first.
        return IntStream.range(0, probabilities.length).mapToObj(i -> new Ranked(labels.get(i), probabilities[i]))
                .sorted(Comparator.comparingDouble(Ranked::probability).reversed()).toList();
    }

    /// What is wrong with the picture itself.
    ///
    /// @param unusable whether only what makes it impossible to judge counts
    private List<Reason> poor(Quality quality, Image image, boolean unusable) {
        List<Reason> reasons = new ArrayList<>();
        if (quality.brightness() < level(thresholds.brightness(), unusable)) {
            reasons.add(Reason.TOO_DARK);
        }
        if (quality.clipped() > level(thresholds.clipped(), unusable)) {
            reasons.add(Reason.OVEREXPOSED);
        }
        if (quality.sharpness() < level(thresholds.sharpness(), unusable)) {
            reasons.add(Reason.BLURRED);
        }
        if (Math.min(image.sourceWidth(), image.sourceHeight()) < level(thresholds.shortSide(), unusable)) {
            reasons.add(Reason.LOW_RESOLUTION);
        }
        return reasons;
    }

    private static float level(ModelCard.Levels levels, boolean unusable) {
        return unusable ? levels.unusable() : levels.poor();
    }
}
