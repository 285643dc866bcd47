package haricot.local.backfill;

import haricot.bucket.Keys;
import haricot.bucket.Run;
import haricot.bucket.UuidV7;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;

/// A run that has been listed, and of which nothing is in the bucket yet.
///
/// @param id of the run
record NewRun(String id, PhotosAddress photos, PhotoList list, PlanFile plan) implements Closeable {

    /// Lists the photos, once.
    static NewRun list(S3Client s3, PhotosAddress photos, boolean versions) throws IOException {
        String id = new UuidV7(Clock.systemUTC(), new SecureRandom()).next();
        PlanFile plan = new PlanFile(Files.createTempFile("haricot-plan", ".json"));
        try {
            PhotoList list = PhotoList.of(s3, photos, versions, source -> plan.add(id, source));
            plan.finish(id);
            return new NewRun(id, photos, list, plan);
        } catch (IOException | RuntimeException e) {
            plan.close();
            throw e;
        }
    }

    int chunks() {
        return plan.chunks();
    }

    /// Puts the plan into the stack's bucket, and says what the run is about.
    Run keep(S3Client s3, BackfillStack stack) {
        Path file = plan.file();
        s3.putObject(put -> put.bucket(stack.bucket()).key(Keys.plan(id, 1)).contentType("application/json"), file);
        Run run = new Run(id, photos.bucket(), photos.prefix(), list.objects(), chunks(), stack.model());
        stack.runs(s3).begin(run);
        return run;
    }

    @Override
    public void close() throws IOException {
        plan.close();
    }
}
