package haricot.drift;

import com.sun.management.OperatingSystemMXBean;
import haricot.bucket.Flag;
import haricot.bucket.Keys;
import haricot.bucket.SteppingClock;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.local.Main;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import haricot.model.Decision;
import haricot.model.Prediction;
import haricot.model.Reason;
import haricot.model.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/// A month of ten million pictures from fifty environments, 6 % of them flagged, reported and asked: `bench/scale` runs this,
/// the build does not. Only the last day's 20,000 flags are objects of their own; those of the others are made merged.
final class ScaleBench {
    private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
    private static final Window MONTH = new Window(FIRST, FIRST.plusDays(30));
    private static final int ENVIRONMENTS = 50;
    private static final int HOURS = 24;
    private static final int ANSWERS = 278;
    private static final int FLAGS_A_DAY = 20_000;
    private static final int REVIEWS_A_DAY = 40;

    @TempDir
    Path data;
    @TempDir
    Path other;

    @Test
    void reports() throws IOException {
        Path bucket = data.resolve(DataFolder.BUCKET);
        tallies(bucket);
        for (LocalDate day : MONTH.days()) {
            flags(bucket, day, FLAGS_A_DAY, day.isBefore(MONTH.lastDay()));
        }
        try (EmbeddedS3 s3 = new EmbeddedS3(data); S3Client client = s3.client()) {
            report("first, which merges 36,000 tallies and one day of 20,000 flags", client);
            report("from 30 merged days", client);
        }
        ask(data, "select label, count(*) from flags group by label");
    }

    @Test
    void asksAHundredThousandSingleFlags() throws IOException {
        Path bucket = other.resolve(DataFolder.BUCKET);
        for (int day = 0; day < 5; day++) {
            flags(bucket, FIRST.plusDays(day), FLAGS_A_DAY, false);
        }
        ask(other, "select label, count(*) from flags group by label");
        ask(other, "select * from confusion");
    }

    private static void report(String what, S3Client client) {
        S3Reports reports = new S3Reports(client, DataFolder.BUCKET, new SteppingClock("2026-11-24T02:00:00Z"),
                () -> "");
        Took took = new Took();
        Report report = reports.report(MONTH);
        System.out.printf(Locale.ENGLISH, "%s: %,d pictures, %,d environment-hours, %,d flags reviewed, %,d waiting, "
                + "%s, largest heap %d MB%n", what, report.answered(), report.flaggedRate().environmentHours(),
                report.nextStep().reviewed(), report.accuracy().getFirst().waiting(), took,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static void ask(Path data, String sql) {
        Took took = new Took();
        StringWriter out = new StringWriter();
        int status = Main.commandLine().setOut(new PrintWriter(out)).execute("sql", "--data", data.toString(), "--csv",
                sql);
        System.out.printf(Locale.ENGLISH, "sql, \"%s\": status %d, last row %s, %s%n", sql, status,
                out.toString().lines().reduce((_, last) -> last).orElse(""), took);
    }

    /// Time by the clock, and of the processor, which tells more on a machine that others use too.
    private static final class Took {
        private final long start = System.nanoTime();
        private final long worked = work();

        @Override
        public String toString() {
            return String.format(Locale.ENGLISH, "%.1f s (%.1f s of a core)", (System.nanoTime() - start) / 1e9,
                    (work() - worked) / 1e9);
        }

        private static long work() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }

    /// The embedded S3 keeps plain files, so that the tallies need not pass through it. A hundred different ones do.
    private static void tallies(Path bucket) throws IOException {
        Field field = new Field(2);
        List<byte[]> tallies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tallies.add(field.tally(Field.BEANS, ANSWERS, Mix.USUAL).json());
        }
        int next = 0;
        for (LocalDate day : MONTH.days()) {
            for (int hour = 0; hour < HOURS; hour++) {
                Path place = Files.createDirectories(bucket.resolve("tallies/dt=%s/hh=%02d".formatted(day, hour)));
                for (int environment = 0; environment < ENVIRONMENTS; environment++) {
                    Files.write(place.resolve("e%02d.json".formatted(environment)), tallies.get(next++ % 100));
                }
            }
        }
    }

    private static void flags(Path bucket, LocalDate day, int count, boolean merged) throws IOException {
        Path file = Files.createDirectories(bucket.resolve(Keys.settledFlags(day)).getParent())
                .resolve("flags.jsonl.gz");
        try (OutputStream lines = merged
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : OutputStream.nullOutputStream()) {
            for (int i = 0; i < count; i++) {
                Flag flag = flag(day, i, count);
                byte[] line = (flag.json() + "\n").getBytes(StandardCharsets.UTF_8);
                lines.write(line);
                if (!merged || i == 0) {
                    put(bucket, flag.key(), line);
                }
                if (i < REVIEWS_A_DAY) {
                    put(bucket, "reviews/dt=%s/%s/%s.json".formatted(day, flag.id(), flag.id()),
                            ("{\"schema\":1,\"flag\":\"" + flag.id() + "\",\"label\":\"healthy\",\"time\":\""
                                    + flag.time()
                                    + "\",\"note\":\"\"}").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static Flag flag(LocalDate day, int number, int count) {
        Instant time = day.atStartOfDay().toInstant(ZoneOffset.UTC).plusSeconds(86_400L * number / count);
        String digits = "%012x".formatted(time.toEpochMilli());
        String label = number % 3 == 0 ? "bean_rust" : "healthy";
        Verdict verdict = new Verdict(
                List.of(new Verdict.Ranked(label, 0.5f + number % 1_000 / 2_500f),
                        new Verdict.Ranked("angular_leaf_spot", 0.1f)),
                number % 2 == 0, number % 997 / 997f, 10 + number % 991 / 50f, 0.99f, Decision.REVIEW,
                List.of(Reason.LOW_CONFIDENCE));
        return new Flag(
                digits.substring(0, 8) + "-" + digits.substring(8)
                        + "-7%03x-8000-%012x".formatted(number % 4096, number * 7_919L),
                time, "", verdict, 1,
                new Flag.Picture("jpeg", 500, 500, new Prediction.Quality(number % 13 / 13f, 0, 0.3f), 40_000 + number,
                        "%064x".formatted(number * 15_485_863L), ""),
                new Flag.Origin(Field.BEANS.name(), Field.BEANS.version(), Field.BEANS.sha256(), "7",
                        "e%02d".formatted(number % ENVIRONMENTS)));
    }

    private static void put(Path bucket, String key, byte[] content) throws IOException {
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
