package haricot.drift;

import haricot.bucket.Tally;
import haricot.drift.Field.Mix;
import java.time.LocalDate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Fills buckets for tests of other packages.
public final class Fields {
    private Fields() {}

    /// Puts a tally of so many answers into the hour of a day.
    ///
    /// @param foreign share of pictures that show something else
    public static void answer(S3Client s3, String bucket, LocalDate day, int hour, int answers, double foreign) {
        Tally tally = new Field(day.toEpochDay() + hour).tally(Field.BEANS, answers, new Mix(foreign, 0, 0.33));
        s3.putObject(put -> put.bucket(bucket).key("tallies/dt=%s/hh=%02d/e.json".formatted(day, hour)),
                RequestBody.fromBytes(tally.json()));
    }
}
