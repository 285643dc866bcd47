package haricot.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import haricot.model.ModelCard.Levels;
import haricot.model.ModelCard.Reference;
import haricot.model.ModelCard.Thresholds;
import haricot.model.Prediction.Quality;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every line of the table that turns numbers into a decision.
class JudgeTest {
    private static final ModelCard CARD = new ModelCard("leaves", "1", List.of("rust", "spot", "healthy"), 1024,
            new Thresholds(0.8f, 0.99f, 20, new Levels(0.2f, 0.1f), new Levels(0.3f, 0.6f), new Levels(0.12f, 0.04f),
                    new Levels(160, 64)),
            new Reference(1, 0, Map.of(), Map.of(), Map.of()), List.of(), 0.05, List.of(), Optional.empty(),
            Optional.empty(), "{}");
    private static final Quality GOOD = new Quality(0.5f, 0, 0.4f);
    private static final Image LARGE = image(500, 400);

    @Test
    void anOrdinaryPictureIsAccepted() {
        assertVerdict("accept, not flagged, []", judge(sure(), 0.5f, 8, GOOD, LARGE));
    }

    @Test
    void anUnsureAnswerIsReviewedButNotFlagged() {
        assertVerdict("review, not flagged, [low-confidence]", judge(unsure(), 0.5f, 8, GOOD, LARGE));
    }

    @Test
    void thresholdsOfStrangenessBelongToTheStranger() {
        assertVerdict("review, flagged, [unfamiliar]", judge(sure(), 0.99f, 19.9f, GOOD, LARGE));
        assertVerdict("reject, flagged, [unfamiliar]", judge(sure(), 0.99f, 20, GOOD, LARGE));
        assertVerdict("accept, not flagged, []", judge(sure(), 0.9899f, 19.9f, GOOD, LARGE));
    }

    @Test
    void aRejectionDoesNotTalkOfConfidence() {
        assertVerdict("reject, flagged, [unfamiliar]", judge(unsure(), 1, 30, GOOD, LARGE));
        assertVerdict("review, flagged, [unfamiliar, low-confidence]", judge(unsure(), 1, 19, GOOD, LARGE));
    }

    @Test
    void unusableQualityRejectsByItself() {
        assertVerdict("reject, flagged, [too-dark]", judge(sure(), 0.5f, 8, new Quality(0.09f, 0, 0.4f), LARGE));
        assertVerdict("reject, flagged, [overexposed]", judge(sure(), 0.5f, 8, new Quality(0.5f, 0.61f, 0.4f), LARGE));
        assertVerdict("reject, flagged, [blurred]", judge(sure(), 0.5f, 8, new Quality(0.5f, 0, 0.03f), LARGE));
        assertVerdict("reject, flagged, [low-resolution]", judge(sure(), 0.5f, 8, GOOD, image(63, 900)));
    }

    @Test
    void poorQualityExplainsButDoesNotDecide() {
        Quality poor = new Quality(0.15f, 0.5f, 0.1f);
        assertVerdict("accept, not flagged, []", judge(sure(), 0.5f, 8, poor, image(100, 100)));
        assertVerdict("review, not flagged, [too-dark, overexposed, blurred, low-resolution, low-confidence]",
                judge(unsure(), 0.5f, 8, poor, image(100, 100)));
    }

    @Test
    void theSizeOfTheFileCountsNotThatOfTheReducedPicture() {
        Image reduced = new Image(ImageFormat.JPEG, 4000, 3000, 50, 40, new byte[6000]);
        assertVerdict("accept, not flagged, []", judge(sure(), 0.5f, 8, GOOD, reduced));
    }

    @Test
    void labelsAreRankedAndEqualOnesStayInOrder() {
        assertEquals("[spot 0.5, rust 0.25, healthy 0.25]",
                judge(new float[]{0.25f, 0.5f, 0.25f}, 0, 0, GOOD, LARGE).ranked().stream()
                        .map(ranked -> ranked.label() + " " + ranked.probability()).toList().toString());
    }

    private static float[] sure() {
        return new float[]{0.1f, 0.8f, 0.1f};
    }

    private static float[] unsure() {
        return new float[]{0.1f, 0.79f, 0.11f};
    }

    private static Image image(int width, int height) {
        return new Image(ImageFormat.JPEG, width, height, width, height, new byte[width * height * 3]);
    }

    private static Verdict judge(float[] probabilities, float score, float distance, Quality quality, Image image) {
        return new Judge(CARD).judge(new Prediction(probabilities, score, distance, quality), image);
    }

    private static void assertVerdict(String expected, Verdict verdict) {
        assertEquals(expected, "%s, %s, %s".formatted(verdict.decision().word(),
                verdict.flagged() ? "flagged" : "not flagged", verdict.reasons().stream().map(Reason::word).toList()));
    }
}
