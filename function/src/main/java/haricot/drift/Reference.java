package haricot.drift;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import haricot.bucket.Baseline;
import haricot.bucket.Histogram;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import haricot.model.ModelCard;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/// What a window is compared with.
///
/// @param answered pictures behind it
/// @param flagged those of them that were flagged
/// @param labels answers by label
/// @param decisions answers by decision
/// @param histograms by measure, in the edges of the model's tallies
public record Reference(Kind kind, long answered, long flagged, Map<String, Long> labels,
        Map<String, Long> decisions, Map<String, Histogram> histograms) {

    /// Where it comes from, which decides what may be concluded.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({@JsonSubTypes.Type(value = Kind.Baseline.class, name = "baseline"),
            @JsonSubTypes.Type(value = Kind.Training.class, name = "training")})
    public sealed interface Kind {
        /// A window of this field that a person called good: any change from it counts.
        record Baseline(LocalDate from, LocalDate to) implements Kind {}

        /// The model's calibration pictures, balanced and partly disturbed on purpose. No field has their mix of
        /// classes, light, cameras and certainty, so that only what no sound field does is held against it: more flags
        /// and stranger pictures.
        record Training() implements Kind {}
    }

    public static Reference of(Baseline baseline) {
        Tally tally = baseline.tally();
        return new Reference(new Kind.Baseline(baseline.from(), baseline.to()), tally.answered(), tally.flagged(),
                tally.labels(), tally.decisions(), tally.histograms());
    }

    public static Reference of(ModelCard card) {
        Map<String, Histogram> histograms = new TreeMap<>();
        card.reference().histograms()
                .forEach((name, counts) -> histograms.put(name, new Histogram(counts.edges(), counts.counts())));
        Map<String, Long> decisions = new TreeMap<>();
        card.reference().decisions().forEach((decision, count) -> decisions.put(decision.word(), count));
        return new Reference(new Kind.Training(), card.reference().pictures(), card.reference().flagged(),
                card.reference().labels(), decisions, histograms);
    }

    /// What a sentence calls it.
    public String words() {
        return switch (kind) {
            case Kind.Baseline(LocalDate from, LocalDate to) -> "the baseline of " + new Window(from, to).words();
            case Kind.Training _ -> "the model's own reference";
        };
    }

    public Rate rate() {
        return new Rate(flagged, answered);
    }
}
