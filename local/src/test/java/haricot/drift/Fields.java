package haricot.drift;

import haricot.bucket.Day;
import haricot.bucket.StoredFlag;
import haricot.bucket.Strange;
import haricot.bucket.Tally;
import haricot.bucket.TallyDraft;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.drift.page.ReportPage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Fills buckets for tests of other packages.
public final class Fields {
    private Fields() {}

    /// The page of four weeks whose last days drift, with reviews.
    public static String page(LocalDate day) {
        Field field = new Field(3);
        List<Day> days = new ArrayList<>();
        for (int back = 27; back >= 0; back--) {
            Mix mix = back < 3 ? new Mix(0.03 * (4 - back), 0.1, 0.5) : Mix.USUAL;
            days.add(field.day(day.minusDays(back), Field.BEANS, 12, 12 + back % 5 * 4, mix));
        }
        List<Accuracy.Seen> seen = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            boolean audit = i % 2 == 0;
            seen.add(new Accuracy.Seen(new StoredFlag("id" + i, Instant.EPOCH, audit ? "accept" : "review", List.of(),
                    "bean_rust", 0.9, Map.of("healthy", 0.1, "bean_rust", 0.9), 0.5, 2, audit ? 0.01 : 1, "",
                    Field.BEANS), i % 11 == 0 ? "healthy" : "bean_rust"));
        }
        return ReportPage.of(ReportBuilder.of(new Evidence(Window.of(day), days,
                Map.of(Field.BEANS, List.of(field.baseline(3_000), field.training(3_500))), 40, 12, seen, List.of())));
    }

    /// A report whose strangest picture has this id.
    public static Report strange(String id) {
        Tally tally = new TallyDraft(new Field(1).tally(Field.BEANS, 0, Mix.USUAL)).answers(1, 1, 1)
                .strangest(List.of(new Strange(id, 1, 31.5))).tally();
        LocalDate day = LocalDate.EPOCH;
        return ReportBuilder.of(new Evidence(Window.of(day),
                List.of(Day.empty(day).plus(List.of(new Day.Stored("k", 1, tally)), List.of())), Map.of(), 1, 1,
                List.of(),
                List.of()));
    }

    /// Puts a tally of so many answers into the hour of a day.
    ///
    /// @param foreign share of pictures that show something else
    public static void answer(S3Client s3, String bucket, LocalDate day, int hour, int answers, double foreign) {
        Tally tally = new Field(day.toEpochDay() + hour).tally(Field.BEANS, answers, new Mix(foreign, 0, 0.33));
        s3.putObject(put -> put.bucket(bucket).key("tallies/dt=%s/hh=%02d/e.json".formatted(day, hour)),
                RequestBody.fromBytes(tally.json()));
    }
}
