package haricot.drift;

import java.util.Locale;

/// Numbers as people read them. Always in English: the report is one text.
public final class Words {
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    private Words() {}

    public static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f %%", 100 * share);
    }

    public static String percent(Interval interval) {
        return String.format(Locale.ENGLISH, "%.1f to %.1f %%", 100 * interval.low(), 100 * interval.high());
    }

    /// A share beside an axis: `12.5 %`, `20 %`.
    public static String axis(double share) {
        return trimmed(100 * share) + " %";
    }

    public static String count(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    /// `1 picture`, `2 pictures`.
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    public static String decimal(double value) {
        return String.format(Locale.ENGLISH, "%.2f", value);
    }

    public static String probability(double probability) {
        return probability < 1e-4 ? "< 0.0001" : String.format(Locale.ENGLISH, "%.4f", probability);
    }

    public static String millis(double millis) {
        return millis < THOUSAND
                ? String.format(Locale.ENGLISH, "%.0f ms", millis)
                : String.format(Locale.ENGLISH, "%.1f s", millis / THOUSAND);
    }

    /// The edge of a bin, as short as it can be said: `0.995`, `50k`, `12.8M`.
    public static String edge(double edge) {
        if (edge >= MILLION) {
            return trimmed(edge / MILLION) + "M";
        }
        return edge >= 10 * THOUSAND ? trimmed(edge / THOUSAND) + "k" : trimmed(edge);
    }

    /// A number of pixels to three digits: `277k`, `12.2M`.
    public static String pixels(double pixels) {
        double unit = pixels < MILLION ? THOUSAND : MILLION;
        return String.format(Locale.ENGLISH, pixels < MILLION ? "%.0fk" : "%.1fM", pixels / unit);
    }

    private static String trimmed(double value) {
        String text = String.format(Locale.ENGLISH, "%.3f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
