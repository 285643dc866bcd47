package haricot.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import haricot.bucket.Json;
import haricot.bucket.Skipped;
import haricot.bucket.Strange;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// What a watcher should know about some days. `report.schema.json` beside this class's
/// resources describes its JSON.
///
/// @param schema 1
/// @param sentence the verdict and why, in a few sentences
/// @param whole what the window says taken together; the verdict is the worse of this, of `days`, and of what people found
/// @param days each day of a window of several; empty for one day
/// @param since the first day of the run of `watch` and `alarm` days that the window ends; empty without one
/// @param models each that answered in the window
/// @param pictures how bright, sharp and large they were, by measure
/// @param latency of the answers in milliseconds
/// @param accuracy over the days of the trend; empty where nothing was answered
/// @param strangest at most five of the window
/// @param hours of a window of one day, else empty
/// @param trend days up to the window's last
/// @param okDays days in a row, up to the window's last, whose verdict was ok; days of too few
///     pictures neither count nor end it
/// @param nextStep of the rollout
/// @param skipped objects that could not be used
/// @param run whose pictures these are; empty, and not in the JSON, for what callers sent
public record Report(int schema, Level verdict, String sentence, Level whole, List<JudgedDay> days,
        List<LocalDate> since, Window window, long answered,
        long flagged, FlaggedRate flaggedRate, List<OfModel> models, Map<String, Long> decisions,
        Map<String, Spread> pictures,
        Map<String, Long> reasons, Map<String, Long> errors, Latency latency, List<Accuracy> accuracy,
        List<Strange> strangest, List<Hour> hours, List<TrendDay> trend, int okDays, NextStep nextStep, Missing missing,
        List<Skipped> skipped, @JsonInclude(JsonInclude.Include.NON_EMPTY) String run) {
    static final int SCHEMA = 1;

    /// The out-of-domain rate.
    ///
    /// @param wilson as if every picture were a new one
    /// @param bootstrap over environment-hours
    /// @param environmentHours how many there were
    public record FlaggedRate(double value, Interval wilson, Interval bootstrap, long environmentHours) {}

    /// One model version.
    ///
    /// @param comparisons the one that decides first; empty where there is nothing to compare with
    public record OfModel(Tally tally, Level verdict, List<Comparison> comparisons) {}

    /// A day of the window by itself.
    ///
    /// @param alone what it would say if it were the whole window
    /// @param corrected the same after correction for the number of days
    public record JudgedDay(LocalDate day, Level alone, Level corrected) {}

    /// How a measure is spread, read from bins: off by at most a bin's width. What lies beyond the outermost edges
    /// counts as in the outermost bins.
    ///
    /// @param least the lower edge of the first bin that holds a picture
    /// @param mean over the middles of the bins
    /// @param deviation the standard deviation over the same
    public record Spread(double least, double mean, double deviation) {}

    /// Percentiles, read from bins: off by at most a quarter. 0 where nothing was answered.
    public record Latency(double median, double p95, double p99) {}

    /// @param hour 0 to 23
    public record Hour(int hour, long answered, long flagged) {}

    /// @param psi of the scores; 0 where there is nothing to compare with
    public record TrendDay(LocalDate day, Level verdict, long answered, long flagged, Interval wilson, double psi) {}

    /// What the bucket shows to be missing.
    ///
    /// @param answers at least this many that left a flag are in no tally
    /// @param flags at least this many flags are not in the bucket: S3 refused them, or somebody removed them
    /// @param quietHours hours of the window in which nothing was counted
    public record Missing(long answers, long flags, int quietHours) {}

    /// The same as the report of a run, which has no hours.
    Report of(String ofRun) {
        return new Report(schema, verdict, sentence, whole, days, since, window, answered, flagged, flaggedRate, models,
                decisions, pictures, reasons, errors, latency, accuracy, strangest, List.of(), trend, okDays, nextStep,
                new Missing(missing.answers(), missing.flags(), 0), skipped, ofRun);
    }

    /// What it is about, for a title.
    public String words() {
        return (run.isEmpty() ? "" : "run " + run + " of ") + window.words();
    }

    /// The JSON of it; the same report gives the same bytes.
    public byte[] json() {
        return Json.write(this);
    }

    /// PSI of the scores in the window, of the model that answered most; 0 where there is nothing to compare with.
    public double scorePsi() {
        return trend.isEmpty() ? 0 : trend.getLast().psi();
    }
}
