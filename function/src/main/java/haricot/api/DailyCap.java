package haricot.api;

import haricot.web.Code;
import haricot.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// With `ROLLOUT=limited`, how many pictures are answered a day (UTC). Each execution environment counts its own: the
/// function may not read what the others wrote, so the whole lets through up to the cap times their number.
public final class DailyCap {
    private final int most;
    private final Clock clock;
    private LocalDate day = LocalDate.MIN;
    private int taken;

    /// @param most pictures a day with [Rollout#LIMITED]; no other step has a cap
    public DailyCap(Rollout rollout, int most, Clock clock) {
        this.most = switch (rollout) {
            case LIMITED -> most;
            case MANUAL, EXPANDED -> Integer.MAX_VALUE;
        };
        this.clock = clock;
    }

    /// @throws Problem `daily-cap` when these pictures are more than what is left of the day
    synchronized void take(int pictures) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!today.equals(day)) {
            day = today;
            taken = 0;
        }
        if (pictures > most - taken) {
            throw new Problem(Code.DAILY_CAP, "This service is on trial and answers " + most
                    + " pictures a day. Try again after midnight UTC.",
                    Duration.between(now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
        }
        taken += pictures;
    }
}
