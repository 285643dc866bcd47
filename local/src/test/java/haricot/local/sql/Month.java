package haricot.local.sql;

import haricot.bucket.Flag;
import haricot.bucket.Observation;
import haricot.bucket.Observations;
import haricot.bucket.S3Flags;
import haricot.bucket.S3Reviews;
import haricot.bucket.S3Tallies;
import haricot.bucket.SteppingClock;
import haricot.bucket.StoredFlag;
import haricot.bucket.Tally;
import haricot.bucket.UuidV7;
import haricot.bucket.Window;
import haricot.drift.Report;
import haricot.drift.S3Reports;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.s3.S3Client;

/// A month of two models' answers, written by the code that writes them in production, and what a person said about them.
final class Month {
    static final LocalDate FIRST = LocalDate.parse("2026-10-01");
    static final Window DAYS = new Window(FIRST, FIRST.plusDays(30));
    static final Tally.Model OLD = new Tally.Model("beans", "1.0.0", "ab".repeat(32));
    static final Tally.Model NEW = new Tally.Model("beans", "1.1.0", "cd".repeat(32));
    private static final List<String> LABELS = List.of("angular_leaf_spot", "bean_rust", "healthy");
    private static final int ANSWERS_AN_HOUR = 12;
    private static final double AUDITED = 0.01;

    private final SteppingClock clock = new SteppingClock("2026-10-01T06:00:00Z");
    private final Random random = new Random(5);
    private final UuidV7 ids = new UuidV7(clock, random);
    private final S3Client s3;
    private final List<Flag> flags = new ArrayList<>();

    private Month(S3Client s3) {
        this.s3 = s3;
    }

    /// @return the report on it
    static Report fill(Path data) throws IOException {
        try (EmbeddedS3 server = new EmbeddedS3(data); S3Client s3 = server.client()) {
            s3.createBucket(create -> create.bucket(DataFolder.BUCKET));
            Month month = new Month(s3);
            month.answers(OLD, 8, 12);
            month.answers(NEW, 15);
            month.reviews();
            return report(s3, month.clock);
        }
    }

    /// The report on what is there now.
    static Report report(Path data, String now) throws IOException {
        try (EmbeddedS3 server = new EmbeddedS3(data); S3Client s3 = server.client()) {
            return report(s3, new SteppingClock(now));
        }
    }

    private static Report report(S3Client s3, SteppingClock clock) {
        return new S3Reports(s3, DataFolder.BUCKET, clock, () -> "").report(DAYS);
    }

    private void answers(Tally.Model model, int... hours) {
        for (LocalDate day : DAYS.days()) {
            for (int hour : hours) {
                Instant start = day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
                clock.set(start.toString());
                S3Flags store = new S3Flags(s3, DataFolder.BUCKET, clock, (_, _) -> {
                });
                S3Tallies tallies = new S3Tallies(s3, DataFolder.BUCKET, Tally.empty(model, "7", Observations.BINS),
                        clock,
                        ids::next, _ -> {
                        });
                for (int i = 0; i < ANSWERS_AN_HOUR; i++) {
                    clock.step(Duration.ofSeconds(61));
                    answer(model, tallies, store);
                }
                tallies.write();
            }
        }
    }

    private void answer(Tally.Model model, S3Tallies tallies, S3Flags store) {
        Observation answer = new Observation(ids.next(), verdict(), new Prediction.Quality(0.5f, 0, 120), 250_000,
                Duration.ofMillis(14));
        tallies.answered(answer);
        if (answer.leavesFlag()) {
            Flag flag = new Flag(answer.id(), clock.instant(), "", answer.verdict(),
                    answer.verdict().decision() == Decision.ACCEPT ? AUDITED : 1,
                    new Flag.Picture("jpeg", 500, 500, answer.quality(), 40_000, "00".repeat(32), ""),
                    new Flag.Origin(model.name(), model.version(), model.sha256(), "7", tallies.environment()));
            store.store(List.of(new S3Flags.Write(flag, new byte[0])));
            flags.add(flag);
        }
    }

    private Verdict verdict() {
        float confidence = 0.4f + 0.6f * random.nextFloat();
        float score = random.nextFloat();
        boolean flagged = score > 0.93f;
        int label = random.nextInt(3);
        List<Verdict.Ranked> ranked = List.of(new Verdict.Ranked(LABELS.get(label), confidence),
                new Verdict.Ranked(LABELS.get((label + 1) % 3), 1 - confidence));
        float distance = 10 + 20 * score;
        if (flagged) {
            return new Verdict(ranked, true, score, distance, 0.93f, Decision.REJECT, List.of(Reason.UNFAMILIAR));
        }
        if (confidence < 0.5f) {
            return new Verdict(ranked, false, score, distance, 0.93f, Decision.REVIEW, List.of(Reason.LOW_CONFIDENCE));
        }
        return new Verdict(ranked, false, score, distance, 0.93f, Decision.ACCEPT,
                random.nextInt(8) == 0 ? List.of(Reason.AUDIT) : List.of());
    }

    /// Two of three flags, some of them twice.
    private void reviews() {
        S3Reviews reviews = new S3Reports(s3, DataFolder.BUCKET, clock, ids::next).reviews();
        clock.set("2026-11-02T10:00:00Z");
        List<StoredFlag> stored = reviews.waiting(DAYS);
        for (int i = 0; i < stored.size(); i++) {
            clock.step(Duration.ofSeconds(1));
            StoredFlag flag = stored.get(i);
            if (i % 3 > 0) {
                reviews.add(flag, said(i, flag), "");
            }
            if (i % 9 == 4) {
                clock.step(Duration.ofSeconds(1));
                reviews.add(flag, "healthy", "at a second look");
            }
        }
    }

    private static String said(int i, StoredFlag flag) {
        return switch (i % 7) {
            case 1 -> "other";
            case 2 -> "cannot-tell";
            case 3 -> "bean_rust";
            default -> flag.rejected() ? "healthy" : flag.label();
        };
    }
}
