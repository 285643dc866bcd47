package haricot.drift;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// How different a rate could have been by chance when pictures arrive in bursts.
///
/// Wilson's interval treats every picture as a new one. A person who photographs one
/// field sends forty alike in ten minutes: then whole environment-hours are what
/// is drawn, and the interval is as wide as they vary. (Efron and Tibshirani, *An
/// Introduction to the Bootstrap*, 1993, chapter 13: the percentile interval of a ratio.)
final class Bootstrap {
    /// With more draws the ends of the interval move by less than a tenth of its width.
    private static final int DRAWS = 1_000;
    /// Fixed, so that the same objects give the same report.
    private static final long SEED = 20_260_101;

    private Bootstrap() {}

    /// @param rates one per environment-hour, in a fixed order
    static Interval of(List<Rate> rates) {
        List<Rate> units = rates.stream().filter(rate -> rate.of() > 0).toList();
        if (units.isEmpty()) {
            return new Interval(0, 1);
        }
        long[] hits = units.stream().mapToLong(Rate::hits).toArray();
        long[] of = units.stream().mapToLong(Rate::of).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            drawn[draw] = ratioOfOneDraw(hits, of, random);
        }
        Arrays.sort(drawn);
        return new Interval(drawn[DRAWS * 25 / 1000], drawn[DRAWS * 975 / 1000 - 1]);
    }

    private static double ratioOfOneDraw(long[] hits, long[] of, SplittableRandom random) {
        long hit = 0;
        long all = 0;
        for (int i = 0; i < hits.length; i++) {
            int unit = random.nextInt(hits.length);
            hit += hits[unit];
            all += of[unit];
        }
        return (double) hit / all;
    }
}
