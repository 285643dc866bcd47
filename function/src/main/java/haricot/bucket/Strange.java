package haricot.bucket;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A picture that differed much from what was seen in training.
///
/// @param id of the answer, which names its flag and its kept picture
/// @param score 0 to 1; 1 for every one that is stranger than the whole reference
/// @param distance the raw measure, which ranks those too; larger is stranger
public record Strange(String id, double score, double distance) {
    /// Five fit on a phone, and the flags hold the rest.
    static final int KEPT = 5;

    private static final Comparator<Strange> STRANGEST_FIRST = Comparator.comparingDouble(Strange::distance).reversed()
            .thenComparing(Strange::id);

    /// The strangest of both, strangest first, each id once.
    public static List<Strange> strangest(List<Strange> some, List<Strange> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().sorted(STRANGEST_FIRST).limit(KEPT).toList();
    }
}
