package haricot.drift;

import haricot.bucket.Day;
import haricot.bucket.Skipped;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import java.util.List;
import java.util.Map;

/// All that a report is made from.
///
/// @param window what is judged
/// @param days of the trend, oldest first; the window's are its last ones
/// @param references by model, the one that decides first
/// @param flags how many flag objects of the window's days there are
/// @param waiting how many flags of the trend's days nobody has looked at
/// @param seen the others, with what people last said
/// @param skipped what could not be read, besides what the days name
public record Evidence(Window window, List<Day> days, Map<Tally.Model, List<Reference>> references, long flags,
        long waiting, List<Accuracy.Seen> seen, List<Skipped> skipped) {

    List<Day> judged() {
        return days.stream().filter(day -> !day.day().isBefore(window.from())).toList();
    }
}
