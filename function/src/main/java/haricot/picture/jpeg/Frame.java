package haricot.picture.jpeg;

import java.util.List;
import java.util.stream.IntStream;

/// What a frame header says (T.81, B.2.2).
///
/// @param progressive several scans refine each other
/// @param width in pixels
/// @param height in pixels
/// @param components one for grey, three for colour, four for CMYK
record Frame(boolean progressive, int width, int height, List<Component> components) {

    /// A component as the header has it.
    ///
    /// @param across horizontal sampling factor, 1 to 4
    /// @param down vertical sampling factor, 1 to 4
    record Sampling(int id, int across, int down, int tableIndex) {}

    static Frame of(boolean progressive, int width, int height, List<Sampling> samplings) {
        int widest = samplings.stream().mapToInt(Sampling::across).max().orElseThrow();
        int highest = samplings.stream().mapToInt(Sampling::down).max().orElseThrow();
        return new Frame(progressive, width, height,
                IntStream.range(0, samplings.size())
                        .mapToObj(i -> new Component(i, samplings.get(i), widest, highest, width, height)).toList());
    }

    /// Whether every component has the picture's resolution or half of it both ways, so that half the picture can be had
    /// from its blocks.
    boolean canBeHalved() {
        int widest = widest();
        int highest = highest();
        return components.stream().allMatch(c -> c.across == widest && c.down == highest
                || 2 * c.across == widest && 2 * c.down == highest);
    }

    int widest() {
        return components.stream().mapToInt(c -> c.across).max().orElseThrow();
    }

    int highest() {
        return components.stream().mapToInt(c -> c.down).max().orElseThrow();
    }

    /// Minimum coded units of a scan of all components, across.
    int unitsWide() {
        return Component.ceil(width, 8 * widest());
    }

    /// Likewise, down.
    int unitsHigh() {
        return Component.ceil(height, 8 * highest());
    }
}
