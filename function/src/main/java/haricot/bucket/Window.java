package haricot.bucket;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Whole days of UTC.
///
/// @param from the first one
/// @param to the first one after it
public record Window(LocalDate from, LocalDate to) {
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window from " + from + " (inclusive) to " + to
                    + " (exclusive) holds no day");
        }
    }

    /// One day.
    public static Window of(LocalDate day) {
        return new Window(day, day.plusDays(1));
    }

    /// So many days that end where this ends.
    public Window trend(int days) {
        LocalDate start = to.minusDays(days);
        return new Window(start.isBefore(from) ? start : from, to);
    }

    public List<LocalDate> days() {
        return from.datesUntil(to).toList();
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(to);
    }

    public boolean holdsOneDay() {
        return from.plusDays(1).equals(to);
    }

    public LocalDate lastDay() {
        return to.minusDays(1);
    }

    /// For a sentence: `23 November 2026`, or `1 November 2026 to 7 November 2026`.
    public String words() {
        return holdsOneDay() ? words(from) : words(from) + " to " + words(lastDay());
    }

    public static String words(LocalDate day) {
        return WORDS.format(day);
    }
}
