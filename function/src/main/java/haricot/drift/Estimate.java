package haricot.drift;

import java.util.List;

/// A share of the whole, from a sample, with its interval.
public record Estimate(double value, Interval interval) {

    /// What was seen of a part of the whole speaks for all of that part, and for nothing else.
    ///
    /// @param weight how much of the whole it is, in any unit
    /// @param share 0 to 1
    /// @param worth how many equally weighted observations the share is worth, over 0
    public record Part(double weight, double share, double worth) {}

    /// The parts by their weights. The interval joins Wilson's of the parts (Zou and Donner, Statistics in Medicine 27,
    /// 2008).
    ///
    /// @param parts at least one
    public static Estimate of(List<Part> parts) {
        double all = parts.stream().mapToDouble(Part::weight).sum();
        double value = 0;
        double below = 0;
        double above = 0;
        for (Part part : parts) {
            double share = part.weight() / all;
            Interval interval = Rate.wilson(part.share(), part.worth());
            value += share * part.share();
            below += Math.pow(share * (part.share() - interval.low()), 2);
            above += Math.pow(share * (interval.high() - part.share()), 2);
        }
        return new Estimate(value, new Interval(value - Math.sqrt(below), value + Math.sqrt(above)));
    }
}
