package haricot.api;

import haricot.bucket.Flag;
import haricot.bucket.Observation;
import haricot.bucket.Sha256;
import haricot.model.Prediction;
import haricot.model.Verdict;
import haricot.picture.raster.Image;
import haricot.web.Problem;
import haricot.web.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What became of one picture of a request.
sealed interface Outcome {
    String id();

    String clientId();

    /// It was judged.
    ///
    /// @param item as received
    /// @param time of the verdict
    /// @param samplingProbability chance that an answer like this gets a flag
    record Judged(String id, Instant time, Submission.Item item, Image image, Prediction prediction,
            Verdict verdict, double samplingProbability) implements Outcome {
        @Override
        public String clientId() {
            return item.clientId();
        }

        /// @param took from the arrival of the event
        Observation observed(Duration took) {
            return new Observation(id, verdict, prediction.quality(), image.sourcePixels(), took);
        }

        /// For whoever should see it.
        ///
        /// @param client the caller's own id, empty unless it is kept
        Flag flag(String client, Flag.Origin origin) {
            byte[] bytes = item.bytes();
            return new Flag(id, time, client, verdict, samplingProbability,
                    new Flag.Picture(image.format().name().toLowerCase(Locale.ROOT), image.sourceWidth(),
                            image.sourceHeight(), prediction.quality(), bytes.length, Sha256.hex(bytes), ""),
                    origin);
        }
    }

    /// It could not be read.
    record Refused(String id, String clientId, Problem problem) implements Outcome {}
}
