package haricot.drift;

/// Where a number that was measured on a sample lies with 95 % confidence.
public record Interval(double low, double high) {}
