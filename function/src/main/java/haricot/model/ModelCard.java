package haricot.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a model file says about itself, in its metadata `haricot`. Every field was checked when it was read.
///
/// @param name such as `beans`
/// @param version such as `1.0.0`
/// @param labels in the order of the graph's outputs
/// @param shortSideKept how far a picture may be reduced before the graph, in pixels of its short side
/// @param thresholds where verdicts change
/// @param reference what was usual when the model was calibrated
/// @param goldens pictures with the answers that the graph must give
/// @param goldenTolerance how far those answers may be off on another kind of processor, in probabilities
/// @param examples pictures that a person can try; empty for none
/// @param accepted what its maker found of the answers that are accepted; files before 1.2.0 do not say
/// @param selfCheck whether familiarity was found to mean anything; likewise
/// @param json the metadata as they are in the file
public record ModelCard(String name, String version, List<String> labels, int shortSideKept, Thresholds thresholds,
        Reference reference, List<Golden> goldens, double goldenTolerance, List<Example> examples,
        Optional<Accepted> accepted, Optional<SelfCheck> selfCheck, String json) {

    /// Where verdicts change.
    ///
    /// @param confidence below it an answer is unsure, 0 to 1
    /// @param review from this score on a picture is unfamiliar, 0 to 1
    /// @param reject from this distance on a picture is not judged
    /// @param brightness below its levels a picture is too dark
    /// @param clipped above its levels a picture is overexposed
    /// @param sharpness below its levels a picture is blurred
    /// @param shortSide below its levels, in pixels of the file, a picture is too small
    public record Thresholds(float confidence, float review, float reject, Levels brightness, Levels clipped,
            Levels sharpness, Levels shortSide) {}

    /// Two levels of one measure of quality.
    ///
    /// @param poor explains a review or a rejection that has other causes
    /// @param unusable is a cause to reject; never milder than `poor`
    public record Levels(float poor, float unusable) {}

    /// Held-out pictures, clean and mildly disturbed, as the model answered them.
    ///
    /// @param pictures how many there were
    /// @param flagged how many of them were flagged
    /// @param histograms of `score`, `confidence`, `brightness`, `sharpness`, `clipped` and `pixels`
    /// @param labels how often each was answered
    /// @param decisions how often each was made
    public record Reference(long pictures, long flagged, Map<String, Histogram> histograms, Map<String, Long> labels,
            Map<Decision, Long> decisions) {}

    /// Counts between fixed edges.
    ///
    /// @param edges rising; bin i holds what is at or over edge i and below the next, and the outermost bins hold
    ///     what lies beyond them too
    /// @param counts one fewer than the edges
    public record Histogram(List<Double> edges, List<Long> counts) {}

    /// What came, on held-out photos, of the confidence from which on answers are accepted.
    ///
    /// @param target the share that was to be right; empty where the threshold was not chosen by one
    /// @param right the share of accepted answers that were
    /// @param low of the 95 % interval of that share
    /// @param high likewise
    /// @param share of all photos, accepted
    /// @param photos how many there were
    /// @param reached whether the interval holds the target
    public record Accepted(Optional<Double> target, double right, double low, double high, double share, long photos,
            boolean reached) {}

    /// Whether the network's features tell strange pictures from ordinary ones: shares of them over the review threshold by
    /// distance alone.
    ///
    /// @param passed if not, familiarity means little, nothing is rejected by distance, and the confidence threshold is raised
    /// @param drawnUnfamiliar the share of drawn pictures
    /// @param drawn how many there were
    /// @param harmfulUnfamiliar the share of photos that were ruined
    /// @param harmful how many there were
    public record SelfCheck(boolean passed, double drawnUnfamiliar, long drawn, double harmfulUnfamiliar,
            long harmful) {}

    /// A picture to try, and what the model says of exactly these bytes.
    ///
    /// @param type of the bytes, such as `image/jpeg`
    /// @param label empty where there is none
    public record Example(byte[] picture, String type, String label, Decision decision) {}

    /// A drawn picture with what the graph says about it.
    ///
    /// @param png the file
    /// @param probabilities one per label
    public record Golden(String name, byte[] png, String label, float[] probabilities, float score) {}
}
