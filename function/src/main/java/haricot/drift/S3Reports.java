package haricot.drift;

import haricot.bucket.Baseline;
import haricot.bucket.Day;
import haricot.bucket.Keys;
import haricot.bucket.Review;
import haricot.bucket.Run;
import haricot.bucket.S3Baselines;
import haricot.bucket.S3Bucket;
import haricot.bucket.S3Days;
import haricot.bucket.S3FlagDays;
import haricot.bucket.S3LostFlags;
import haricot.bucket.S3ModelCards;
import haricot.bucket.S3Reviews;
import haricot.bucket.Sha256;
import haricot.bucket.Skipped;
import haricot.bucket.StoredFlag;
import haricot.bucket.Tally;
import haricot.bucket.Window;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;

/// Makes drift reports from what is in a bucket, and keeps them there.
public final class S3Reports {
    /// Four weeks: a drift that comes with the weather or the season shows, and weekdays compare with weekdays.
    private static final int TREND_DAYS = 28;
    /// Keys hold years of four digits.
    private static final int LAST_YEAR = 9999;
    private static final String JSON = "report.json";
    private static final String JSON_TYPE = "application/json";
    private static final String HTML = "report.html";
    private static final String HTML_TYPE = "text/html; charset=utf-8";

    private final S3Bucket bucket;
    private final S3Days days;
    private final S3Baselines baselines;
    private final S3ModelCards models;
    private final S3Reviews reviews;
    private final S3FlagDays flags;
    private final Supplier<String> ids;

    /// @param clock tells which days are over; it is not part of a report
    /// @param ids of increasing order, for baselines
    public S3Reports(S3Client s3, String bucket, Clock clock, Supplier<String> ids) {
        this.bucket = new S3Bucket(s3, bucket);
        this.days = new S3Days(this.bucket, clock);
        this.baselines = new S3Baselines(this.bucket);
        this.models = new S3ModelCards(this.bucket);
        this.reviews = new S3Reviews(this.bucket, clock, ids);
        this.flags = new S3FlagDays(this.bucket, clock);
        this.ids = ids;
    }

    /// The flags of this bucket.
    public S3Reviews reviews() {
        return reviews;
    }

    /// For flags of this bucket that are in a log alone.
    public S3LostFlags lostFlags() {
        return new S3LostFlags(bucket);
    }

    /// The file of a model that answered; empty if this bucket does not hold it, or holds another under its name.
    public Optional<byte[]> modelFile(Tally.Model model) {
        return bucket.read(Keys.model(model.name(), model.version()))
                .filter(file -> Sha256.hex(file).equals(model.sha256()));
    }

    /// Judges a window inside its trend. The same objects give the same report.
    public Report report(Window window) {
        return ReportBuilder.of(gather(window));
    }

    /// Judges a run by itself, without a trend: its chunks are what environment-hours are elsewhere.
    public Report report(Run run) {
        List<Skipped> skipped = new ArrayList<>();
        Map<String, String> flags = reviews.runs().flags(run);
        Map<String, Review> said = new LinkedHashMap<>(reviews.reviews(run.window(), skipped));
        said.keySet().retainAll(flags.keySet());
        List<Day> counted = List.of(reviews.runs().counted(run));
        Map<Tally.Model, List<Reference>> references = references(counted, skipped);
        List<StoredFlag> telling = reviews.read(
                said.values().stream().filter(Review::telling).map(review -> flags.get(review.flag())).toList(),
                skipped);
        return ReportBuilder
                .of(new Evidence(run.window(), counted, references, flags.size(),
                        flags.size() - said.size(), seen(telling, said), skipped))
                .of(run.run());
    }

    /// The last day of the trend up to this one on which anything was answered or refused.
    public Optional<LocalDate> latestBusyDay(LocalDate upTo) {
        return days.read(Window.of(upTo).trend(TREND_DAYS)).reversed().stream().filter(day -> !day.models().isEmpty())
                .map(Day::day).findFirst();
    }

    /// Keeps a report of one day, also as the latest if no newer day is there.
    ///
    /// @param page the same as HTML
    /// @return the key of the page
    public String keep(Report report, String page) {
        LocalDate day = report.window().lastDay();
        byte[] html = page.getBytes(StandardCharsets.UTF_8);
        bucket.put(Keys.report(day) + JSON, JSON_TYPE, report.json());
        bucket.put(Keys.report(day) + HTML, HTML_TYPE, html);
        replaceOlder(day, JSON, JSON_TYPE, report.json());
        replaceOlder(day, HTML, HTML_TYPE, html);
        return Keys.report(day) + HTML;
    }

    /// Calls what a model answered in a window normal: from now on it is compared with that.
    ///
    /// @return the key of the baseline
    public String callNormal(Window window, Tally tally) {
        return baselines.add(new Baseline(window, tally), ids);
    }

    /// What was called normal so far.
    public S3Baselines baselines() {
        return baselines;
    }

    private Evidence gather(Window window) {
        Window trend = window.trend(TREND_DAYS);
        List<Skipped> skipped = new ArrayList<>();
        List<Day> read = days.read(trend);
        Map<String, Review> said = reviews.reviews(trend, skipped);
        Set<String> telling = said.values().stream().filter(Review::telling).map(Review::flag)
                .collect(Collectors.toSet());
        Map<Tally.Model, List<Reference>> references = references(read, skipped);
        S3FlagDays.Flags found = flags.read(trend, said.keySet(), telling, skipped);
        return new Evidence(window, read, references, found.within(window), found.waiting(), seen(found.seen(), said),
                skipped);
    }

    private static List<Accuracy.Seen> seen(List<StoredFlag> flags, Map<String, Review> said) {
        return flags.stream().map(flag -> new Accuracy.Seen(flag, said.get(flag.id()).label())).toList();
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

    /// Two reports may run at once. Whoever has written checks whether a newer day has come, and if so writes that
    /// one: whoever writes last leaves the newest. (A conditional write would do as well on AWS, but not on every S3.)
    private void replaceOlder(LocalDate day, String name, String type, byte[] bytes) {
        Optional<String> newer = newer(day, name);
        if (newer.isPresent()) {
            return;
        }
        bucket.put(Keys.LATEST_REPORT + name, type, bytes);
        for (newer = newer(day, name); newer.isPresent(); newer = newer(Keys.day(newer.get()).orElseThrow(), name)) {
            bucket.read(newer.get()).ifPresent(content -> bucket.put(Keys.LATEST_REPORT + name, type, content));
        }
    }

    /// The newest report after this day.
    private Optional<String> newer(LocalDate day, String name) {
        return bucket.list(Keys.REPORTS, new Window(day.plusDays(1), LocalDate.MAX.withYear(LAST_YEAR))).stream()
                .map(S3Bucket.Entry::key).filter(key -> key.endsWith("/" + name)).max(Comparator.naturalOrder());
    }
}
