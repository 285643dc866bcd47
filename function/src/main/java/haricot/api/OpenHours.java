package haricot.api;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The hours of a day, in UTC, in which a limited rollout answers.
///
/// @param from the first hour, 0 to 23
/// @param to the hour after the last, 0 to 24; before `from` where the night is open; the same as `from` for all day
public record OpenHours(int from, int to) {
    public static final OpenHours ALWAYS = new OpenHours(0, 24);
    /// How they are written, such as `8-17` or, over midnight, `22-6`.
    public static final String PATTERN = "([01]?\\d|2[0-3])-([01]?\\d|2[0-4])";
    private static final int DAY = 24;

    /// @param text in the form of [#PATTERN]
    public static OpenHours parse(String text) {
        Matcher matcher = Pattern.compile(PATTERN).matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not hours: " + text);
        }
        return new OpenHours(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    boolean include(Instant time) {
        int hour = time.atZone(ZoneOffset.UTC).getHour();
        return length() == DAY || Math.floorMod(hour - from, DAY) < length();
    }

    /// How long it takes from a time outside of them to the opening.
    Duration untilOpening(Instant time) {
        ZonedDateTime now = time.atZone(ZoneOffset.UTC);
        ZonedDateTime opening = now.with(LocalTime.of(from, 0));
        return Duration.between(now, opening.isAfter(now) ? opening : opening.plusDays(1));
    }

    String words() {
        return "from %02d:00 to %02d:00 UTC".formatted(from, to % DAY);
    }

    private int length() {
        int hours = Math.floorMod(to - from, DAY);
        return hours == 0 ? DAY : hours;
    }
}
