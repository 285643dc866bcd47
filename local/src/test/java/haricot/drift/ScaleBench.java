package haricot.drift;

import haricot.bucket.SteppingClock;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.local.host.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/// A month of ten million pictures from fifty environments, reported: `bench/scale` runs this, the build does not.
final class ScaleBench {
    private static final LocalDate FIRST = LocalDate.parse("2026-10-01");
    private static final Window MONTH = new Window(FIRST, FIRST.plusDays(30));
    private static final int ENVIRONMENTS = 50;
    private static final int HOURS = 24;
    private static final int ANSWERS = 278;

    @TempDir
    Path folder;

    @Test
    void measures() throws IOException {
        fill();
        try (EmbeddedS3 s3 = new EmbeddedS3(folder); S3Client client = s3.client()) {
            time("from 36,000 tallies", client);
            time("from 30 merged days", client);
        }
    }

    private static void time(String what, S3Client client) {
        S3Reports reports = new S3Reports(client, "field", new SteppingClock("2026-11-24T02:00:00Z"), () -> "");
        long start = System.nanoTime();
        Report report = reports.report(MONTH);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(Locale.ENGLISH, "%s: %,d pictures, %,d environment-hours, %.1f s, largest heap %d MB%n", what,
                report.answered(), report.flaggedRate().environmentHours(), took.toMillis() / 1000d,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /// The embedded S3 keeps plain files, so that the tallies need not pass through it. A hundred different ones do.
    private void fill() throws IOException {
        Field field = new Field(2);
        List<byte[]> tallies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tallies.add(field.tally(Field.BEANS, ANSWERS, Mix.USUAL).json());
        }
        int next = 0;
        for (LocalDate day : MONTH.days()) {
            for (int hour = 0; hour < HOURS; hour++) {
                Path place = Files
                        .createDirectories(folder.resolve("field/tallies/dt=%s/hh=%02d".formatted(day, hour)));
                for (int environment = 0; environment < ENVIRONMENTS; environment++) {
                    Files.write(place.resolve("e%02d.json".formatted(environment)), tallies.get(next++ % 100));
                }
            }
        }
    }
}
