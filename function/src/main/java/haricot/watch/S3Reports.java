package haricot.watch;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/// Makes drift reports of what is in a bucket, and keeps them there.
public final class S3Reports {
    /// Four weeks: a drift that comes with the weather or the season shows, and weekdays compare with weekdays.
    private static final int TREND_DAYS = 28;
    /// Each failed one means that another report has just succeeded; so many at once there never are.
    private static final int MOST_TRIES = 20;
    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";
    /// Both forms of a report say their last day near their beginning.
    private static final Pattern LAST_DAY = Pattern
            .compile("\"to\":\"(\\d{4}-\\d\\d-\\d\\d)\"|data-to=\"(\\d{4}-\\d\\d-\\d\\d)\"");

    private final S3Bucket bucket;
    private final S3Days days;
    private final S3Baselines baselines;
    private final S3Models models;
    private final S3Reviews reviews;
    private final Supplier<String> ids;

    /// @param clock tells which days are over; it does not stand in a report
    /// @param ids of increasing order, for baselines
    public S3Reports(S3Client s3, String bucket, Clock clock, Supplier<String> ids) {
        this.bucket = new S3Bucket(s3, bucket);
        this.days = new S3Days(this.bucket, clock);
        this.baselines = new S3Baselines(this.bucket);
        this.models = new S3Models(this.bucket);
        this.reviews = new S3Reviews(this.bucket, clock, ids);
        this.ids = ids;
    }

    /// The flags of this bucket.
    public S3Reviews reviews() {
        return reviews;
    }

    /// Judges a window inside its trend. The same objects give the same report.
    public Report report(Window window) {
        return DriftReport.of(gather(window));
    }

    /// The last day of the trend up to this one on which anything was answered or refused.
    public Optional<LocalDate> latestBusyDay(LocalDate upTo) {
        return days.read(Window.of(upTo).trend(TREND_DAYS)).reversed().stream().filter(day -> !day.models().isEmpty())
                .map(Day::day).findFirst();
    }

    /// Keeps a report of one day, also as the latest if no newer day is there.
    ///
    /// @return the key of the page
    public String keep(Report report) {
        String page = "reports/dt=" + report.window().lastDay() + "/report.html";
        byte[] html = report.page().getBytes(StandardCharsets.UTF_8);
        bucket.put("reports/dt=" + report.window().lastDay() + "/report.json", JSON, report.json());
        bucket.put(page, HTML, html);
        replaceOlder("reports/latest/report.json", JSON, report.json(), report.window());
        replaceOlder("reports/latest/report.html", HTML, html, report.window());
        return page;
    }

    /// Calls a window normal: from now on each model that answered in it is compared with it.
    ///
    /// @return the keys of the baselines; none if nothing was answered
    public List<String> callNormal(Window window) {
        return Day.merge(days.read(window)).stream().map(Day.OfModel::total).filter(tally -> tally.answered() > 0)
                .map(tally -> baselines.add(new Baseline(window, tally), ids)).toList();
    }

    private Evidence gather(Window window) {
        Window trend = window.trend(TREND_DAYS);
        List<Skipped> skipped = new ArrayList<>();
        List<Day> read = days.read(trend);
        Map<String, String> flags = reviews.flags(trend);
        Map<String, Review> said = reviews.reviews(trend, skipped);
        Set<String> waiting = new HashSet<>(flags.keySet());
        waiting.removeAll(said.keySet());
        return new Evidence(window, read, references(read, skipped), ofWindow(flags, window), waiting.size(),
                seen(flags, said, skipped), skipped);
    }

    private Map<Tally.Model, List<Reference>> references(List<Day> read, List<Skipped> skipped) {
        Map<Tally.Model, List<Reference>> references = new LinkedHashMap<>();
        for (Day.OfModel answered : Day.merge(read)) {
            Tally.Model model = answered.total().model();
            List<Reference> ofModel = new ArrayList<>();
            baselines.latest(model, skipped).map(Reference::of).ifPresent(ofModel::add);
            models.card(model, skipped).map(Reference::of).ifPresent(ofModel::add);
            references.put(model, ofModel);
        }
        return references;
    }

    private static long ofWindow(Map<String, String> flags, Window window) {
        Set<String> folders = new HashSet<>();
        window.days().forEach(day -> folders.add("dt=" + day));
        return flags.values().stream().filter(key -> folders.contains(key.split("/", -1)[1])).count();
    }

    private List<Accuracy.Seen> seen(Map<String, String> flags, Map<String, Review> said, List<Skipped> skipped) {
        List<String> keys = said.keySet().stream().filter(flags::containsKey).map(flags::get).toList();
        return reviews.read(keys, skipped).stream()
                .map(flag -> new Accuracy.Seen(flag, said.get(flag.id()).label())).toList();
    }

    /// Two reports may run at once: who finds that the other has been faster looks again.
    private void replaceOlder(String key, String type, byte[] bytes, Window window) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<S3Bucket.Version> there = bucket.readVersion(key);
            boolean done = there.isEmpty()
                    ? bucket.putNew(key, type, bytes)
                    : isNewer(there.get(), window) || bucket.replace(key, type, bytes, there.get().mark());
            if (done) {
                return;
            }
        }
        throw new IllegalStateException(key + " changed " + MOST_TRIES + " times while it was to be replaced");
    }

    private static boolean isNewer(S3Bucket.Version there, Window window) {
        return lastDay(there.bytes()).compareTo(window.to().toString()) > 0;
    }

    /// Empty, which sorts first, for what is no report.
    private static String lastDay(byte[] report) {
        Matcher matcher = LAST_DAY.matcher(new String(report, StandardCharsets.UTF_8));
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
