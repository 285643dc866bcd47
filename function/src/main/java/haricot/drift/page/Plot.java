package haricot.drift.page;

import haricot.drift.Interval;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/// A drawing area of SVG with a labelled frame, drawn into step by step.
///
/// One unit is one pixel at full size; on a narrow page a drawing shrinks.
final class Plot {
    /// What is broader has its text enlarged on a phone.
    private static final int NARROW = 400;
    private static final int LEFT = 56;
    private static final int RIGHT = 20;
    private static final int TOP = 28;
    private static final int BOTTOM = 42;

    private final int width;
    private final int height;
    private final double most;
    private final int slots;
    private final StringBuilder svg = new StringBuilder();

    /// @param title what is drawn, also for those who cannot see it
    /// @param description the same in numbers
    /// @param most the top of the vertical axis
    /// @param slots how many places there are along the horizontal axis
    Plot(int width, int height, String title, String description, double most, int slots) {
        this.width = width;
        this.height = height;
        this.most = most;
        this.slots = slots;
        svg.append("<svg role=\"img\"").append(width > NARROW ? " class=\"broad\"" : "").append(" viewBox=\"0 0 ")
                .append(width).append(' ').append(height)
                .append("\" style=\"max-width:").append(width).append("px\"><title>").append(Html.text(title))
                .append("</title><desc>").append(Html.text(description)).append("</desc>");
    }

    /// The first of 1, 2, 2.5 and 5 times a power of ten that is not below: an axis that ends on a round number.
    static double roundUp(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return DoubleStream.of(1, 2, 2.5, 5, 10).map(step -> step * power).filter(step -> step >= value * 0.999999)
                .findFirst().orElse(10 * power);
    }

    /// Grid lines at zero, half and all, with their values, and what they measure.
    Plot vertical(String unit, DoubleFunction<String> label) {
        for (double value : new double[]{0, most / 2, most}) {
            line("grid", LEFT, y(value), width - RIGHT, y(value));
            text(LEFT - 6, y(value) + 4, "end", label.apply(value));
        }
        return text(4, 15, "start", unit);
    }

    /// What the places along the axis are.
    Plot horizontal(String unit) {
        return text((LEFT + width - RIGHT) / 2d, height - 6, "middle", unit);
    }

    /// A label below the left edge of a place, or of its middle.
    Plot tick(double slot, String label) {
        line("tick", x(slot), y(0), x(slot), y(0) + 4);
        return text(x(slot), y(0) + 16, "middle", label);
    }

    /// The same at the right end, with its label to the left, so that nothing of it is cut off.
    Plot lastTick(double slot, String label) {
        line("tick", x(slot), y(0), x(slot), y(0) + 4);
        return text((double) width - 2, y(0) + 16, "end", label);
    }

    /// A bar over part of a place, 0 to 1 of its width.
    Plot bar(String style, int slot, double from, double to, double value, String hint) {
        double left = x(slot + from);
        svg.append(String.format(Locale.ENGLISH,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
                style,
                left, y(value), x(slot + to) - left, y(0) - y(value), Html.text(hint)));
        return this;
    }

    /// A line that keeps its height over each place.
    Plot steps(String style, List<Double> values) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            path.append(String.format(Locale.ENGLISH, "%s%.1f %.1fH%.1f", i == 0 ? "M" : "L", x(i), y(values.get(i)),
                    x(i + 1)));
        }
        svg.append("<path class=\"").append(style).append("\" d=\"").append(path).append("\"/>");
        return this;
    }

    /// A horizontal line over all places.
    Plot level(String style, double value) {
        return line(style, LEFT, y(value), width - RIGHT, y(value));
    }

    /// A point in the middle of a place, with the interval in which its true value lies.
    Plot point(String style, int slot, double value, Interval interval, String hint) {
        double middle = x(slot + 0.5);
        line("whisker " + style, middle, y(Math.min(most, interval.high())), middle, y(interval.low()));
        svg.append(String.format(Locale.ENGLISH,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>",
                style, middle, y(value), Html.text(hint)));
        return this;
    }

    String svg() {
        return svg + "</svg>";
    }

    private Plot line(String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(Locale.ENGLISH,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2));
        return this;
    }

    private Plot text(double x, double y, String anchor, String text) {
        svg.append(String.format(Locale.ENGLISH, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y,
                anchor, Html.text(text)));
        return this;
    }

    private double x(double slot) {
        return LEFT + (width - LEFT - RIGHT) * slot / slots;
    }

    private double y(double value) {
        return height - BOTTOM - (height - TOP - BOTTOM) * Math.min(value, most) / most;
    }
}
