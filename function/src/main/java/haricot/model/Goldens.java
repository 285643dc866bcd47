package haricot.model;

import haricot.model.BrokenModel.Fault;
import haricot.model.ModelCard.Golden;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import haricot.picture.raster.UnreadablePicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs a model on the pictures in its own metadata: a file that was exported wrongly, or a processor that computes
/// something else, is found out before the first caller comes.
public final class Goldens {
    private Goldens() {}

    /// Checks every golden picture.
    ///
    /// @return the largest difference found in a probability
    /// @throws BrokenModel with each for which the answer is not the one in the file
    public static double check(OnnxModel model) {
        Decoder decoder = new Decoder(1_000_000, model.card().shortSideKept());
        double largest = 0;
        List<Fault> faults = new ArrayList<>();
        for (Golden golden : model.card().goldens()) {
            try {
                largest = Math.max(largest, check(model, golden, decoder));
            } catch (BrokenModel broken) {
                faults.addAll(broken.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new BrokenModel(faults);
        }
        return largest;
    }

    private static double check(OnnxModel model, Golden golden, Decoder decoder) {
        String field = "golden " + golden.name();
        Prediction prediction = model.predict(decode(field, golden, decoder));
        String label = model.card().labels().get(prediction.best());
        if (!label.equals(golden.label())) {
            throw new BrokenModel(field, label, golden.label());
        }
        double tolerance = model.card().goldenTolerance();
        double largest = 0;
        for (int i = 0; i < golden.probabilities().length; i++) {
            double difference = Math.abs(prediction.probabilities()[i] - golden.probabilities()[i]);
            if (!(difference <= tolerance)) {
                throw new BrokenModel(field, Arrays.toString(prediction.probabilities()),
                        "%s within %s".formatted(Arrays.toString(golden.probabilities()), tolerance));
            }
            largest = Math.max(largest, difference);
        }
        if (!(Math.abs(prediction.score() - golden.score()) <= tolerance)) {
            throw new BrokenModel(field, "score " + prediction.score(),
                    "score %s within %s".formatted(golden.score(), tolerance));
        }
        return largest;
    }

    private static Image decode(String field, Golden golden, Decoder decoder) {
        try {
            return decoder.decode(golden.png());
        } catch (UnreadablePicture unreadable) {
            throw new BrokenModel(field, unreadable.getMessage(), "a PNG of at most a million pixels");
        }
    }
}
