package haricot.drift.page;

import haricot.drift.Words;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Shares by name as lying bars, with what is usual as a stroke. Names stand above their bars, so that the longest of
/// them is readable on a phone.
final class Bars {
    private static final int WIDTH = 350;
    private static final int ROW = 40;
    /// More do not fit a screen; the rest is summed up.
    private static final int MOST = 12;
    /// What fits beside the values, in the width of the sans-serif that most systems have.
    private static final int LONGEST = 26;

    private Bars() {}

    /// @param title what is drawn, also for those who cannot see it
    static String of(String title, Map<String, Long> window, Map<String, Long> usual) {
        Map<String, Long> here = most(window, usual, window);
        Map<String, Long> there = most(window, usual, usual);
        double all = Math.max(1, window.values().stream().mapToLong(Long::longValue).sum());
        double allUsual = Math.max(1, usual.values().stream().mapToLong(Long::longValue).sum());
        StringBuilder svg = new StringBuilder("<svg role=\"img\" viewBox=\"0 0 ").append(WIDTH).append(' ')
                .append(ROW * Math.max(1, here.size())).append("\" style=\"max-width:").append(WIDTH)
                .append("px\"><title>").append(Html.text(title))
                .append("</title><desc>Bars are the window, the stroke is what is usual.</desc>");
        int row = 0;
        for (Map.Entry<String, Long> name : here.entrySet()) {
            double often = there.getOrDefault(name.getKey(), 0L) / allUsual;
            svg.append(row(row++, name.getKey().replace('_', ' '), name.getValue() / all, often));
        }
        return svg.append("</svg>").toString();
    }

    private static String row(int row, String name, double share, double usual) {
        int top = ROW * row;
        String shown = name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "…" : name;
        return String.format(Locale.ENGLISH,
                "<g><title>%s: %s, usual %s</title><text class=\"name\" x=\"0\" y=\"%d\">%s</text>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s, usual %s</text>"
                        + "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"%d\" height=\"10\"/>"
                        + "<rect class=\"here\" x=\"0\" y=\"%d\" width=\"%.1f\" height=\"10\"/>"
                        + "<line class=\"usual\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/></g>",
                Html.text(name), Words.percent(share), Words.percent(usual), top + 14, Html.text(shown), WIDTH,
                top + 14, Words.percent(share), Words.percent(usual), top + 20, WIDTH, top + 20, WIDTH * share,
                1 + (WIDTH - 2) * usual, top + 17, 1 + (WIDTH - 2) * usual, top + 33);
    }

    /// The counts of those names that are most frequent in either, and of all others together. Where there are too many, names
    /// that never came make room for none.
    private static Map<String, Long> most(Map<String, Long> some, Map<String, Long> others, Map<String, Long> counts) {
        Map<String, Long> both = new TreeMap<>(some);
        others.forEach((name, count) -> both.merge(name, count, Math::max));
        Set<String> shown = both.size() <= MOST
                ? both.keySet()
                : both.entrySet().stream().filter(each -> each.getValue() > 0)
                        .sorted(Comparator.comparing(Map.Entry<String, Long>::getValue).reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(MOST).map(Map.Entry::getKey).collect(Collectors.toSet());
        Map<String, Long> most = new LinkedHashMap<>();
        both.keySet().stream().filter(shown::contains)
                .forEach(name -> most.put(name, counts.getOrDefault(name, 0L)));
        both.keySet().stream().filter(name -> !shown.contains(name))
                .forEach(name -> most.merge("all others", counts.getOrDefault(name, 0L), Long::sum));
        return most;
    }
}
