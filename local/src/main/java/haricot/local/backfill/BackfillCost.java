package haricot.local.backfill;

import java.util.Locale;

/// What a run will cost and how long it will take, on paper.
///
/// @param objects pictures
/// @param chunks calls of the worker
/// @param megabytes of memory of the worker
/// @param concurrency chunks at a time
record BackfillCost(long objects, int chunks, int megabytes, int concurrency) {
    /// When these prices were last known to whoever wrote them down.
    private static final String PRICES = "list prices of us-east-1, written down from memory in November 2026, without free tiers";
    private static final double DOLLARS_A_GB_SECOND = 0.000_016_666_7;
    private static final double DOLLARS_A_CALL = 0.20 / 1_000_000;
    private static final double DOLLARS_A_TRANSITION = 0.025 / 1_000;
    private static final double DOLLARS_A_GET = 0.000_4 / 1_000;
    private static final double DOLLARS_A_PUT = 0.005 / 1_000;
    /// A child of one task starts, works and ends.
    private static final int TRANSITIONS = 3;
    /// A photo of 12 megapixels on one vCPU, by assumption: on a laptop's core it takes about 0.1 s, one of 500×500 pixels a fifth.
    private static final double SECONDS_A_PICTURE = 0.1;
    /// Flags a picture: of ordinary pictures some 6 % are unfamiliar, poor, unsure or audited.
    private static final double FLAGS = 0.06;
    private static final int LISTED = 1_000;
    private static final double MEGABYTES_A_GB = 1_024;

    double seconds() {
        return objects * SECONDS_A_PICTURE;
    }

    /// How long, if every worker is busy all the time.
    double duration() {
        return seconds() / Math.min(concurrency, chunks);
    }

    double lambda() {
        return seconds() * megabytes / MEGABYTES_A_GB * DOLLARS_A_GB_SECOND + chunks * DOLLARS_A_CALL;
    }

    double steps() {
        return (double) chunks * TRANSITIONS * DOLLARS_A_TRANSITION;
    }

    /// Results, tally and flags.
    long puts() {
        return 2L * chunks + Math.round(objects * FLAGS);
    }

    long lists() {
        return (objects + LISTED - 1) / LISTED;
    }

    double s3() {
        return objects * DOLLARS_A_GET + (puts() + lists()) * DOLLARS_A_PUT;
    }

    double dollars() {
        return lambda() + steps() + s3();
    }

    String words() {
        return String.format(Locale.ENGLISH,
                """
                        Lambda          %,d calls, %,.0f s of %,d MB            %,10.2f dollars
                        Step Functions  %,d transitions                         %,10.2f
                        S3              %,d GET, %,d PUT, %,d LIST              %,10.2f
                        About %,.2f dollars and %s at %,d chunks at a time.
                        (%s; %.1f s a picture, as a photo of 12 megapixels takes, and 6 %% flagged: small pictures cost a third.)
                        """,
                chunks, seconds(), megabytes, lambda(), (long) chunks * TRANSITIONS, steps(), objects, puts(),
                lists(), s3(), dollars(), time(duration()), concurrency, PRICES, SECONDS_A_PICTURE);
    }

    /// `40 s`, `12 min` or `3.5 h`.
    static String time(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ENGLISH, "%.0f s", Math.max(1, seconds));
        }
        return seconds < 7200
                ? String.format(Locale.ENGLISH, "%.0f min", seconds / 60)
                : String.format(Locale.ENGLISH, "%.1f h", seconds / 3600);
    }
}
