package haricot.model;

/// What the graph said about one picture.
///
/// @param probabilities one per label of the model, calibrated, summing to 1
/// @param score share of the calibration reference that is more ordinary, 0 to 1
/// @param distance the raw measure of strangeness, larger is stranger; it may be negative
/// @param quality the graph's measures of the picture itself
public record Prediction(float[] probabilities, float score, float distance, Quality quality) {

    /// Index of the most probable label, the first of equal ones.
    public int best() {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    /// Measures of the picture, not of its content.
    ///
    /// @param brightness mean luma, 0 to 1
    /// @param clipped share of pixels that are blown out, 0 to 1
    /// @param sharpness in the unit that the model card states; larger is sharper
    public record Quality(float brightness, float clipped, float sharpness) {}
}
