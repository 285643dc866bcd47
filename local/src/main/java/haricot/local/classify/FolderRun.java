package haricot.local.classify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.RunWorker;
import haricot.Settings;
import haricot.bucket.Chunk;
import haricot.bucket.Run;
import haricot.bucket.S3Bucket;
import haricot.bucket.S3Runs;
import haricot.bucket.Source;
import haricot.bucket.Tally;
import haricot.bucket.UuidV7;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.local.host.Pictures.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import software.amazon.awssdk.services.s3.S3Client;

/// A run over pictures of this computer, which leaves in a data folder what a backfill leaves in a bucket. Chunk by chunk:
/// what it hands out is on disk.
final class FolderRun implements Iterator<Classified>, AutoCloseable {
    private static final int CHUNK = 100;

    private final EmbeddedS3 s3;
    private final S3Client client;
    private final String id;
    private final List<Picture> pictures;
    private final RunWorker worker;
    private final Deque<Classified> ready = new ArrayDeque<>();
    private int planned;

    /// @param data as `--data` means it
    /// @param environment in which settings may be, such as `AUDIT_RATE`
    /// @throws IOException when the data folder cannot be used
    FolderRun(Path data, Path model, String named, List<Picture> pictures, Map<String, String> environment)
            throws IOException {
        this.pictures = pictures;
        Clock clock = Clock.systemUTC();
        id = new UuidV7(clock, new SecureRandom()).next();
        s3 = new EmbeddedS3(data);
        client = s3.client();
        try {
            DataFolder.make(client);
            ModelUpload.Uploaded uploaded = ModelUpload.put(client, DataFolder.BUCKET, model);
            worker = RunWorker.unfrozen(settings(environment, uploaded), client, new FilePhotos(pictures),
                    Runtime.getRuntime().availableProcessors(), clock);
            new S3Runs(new S3Bucket(client, DataFolder.BUCKET))
                    .begin(new Run(id, Source.HERE, named, pictures.size(), (pictures.size() + CHUNK - 1) / CHUNK,
                            new Tally.Model(uploaded.name(), uploaded.version(), uploaded.sha256())));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Settings settings(Map<String, String> environment, ModelUpload.Uploaded model) {
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("BUCKET", DataFolder.BUCKET);
        settings.put("MODEL_NAME", model.name());
        settings.put("MODEL_VERSION", model.version());
        settings.put("MODEL_SHA256", model.sha256());
        return Settings.from(settings);
    }

    String id() {
        return id;
    }

    /// The labels that the model knows.
    List<String> labels() {
        return worker.card().labels();
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || planned < pictures.size();
    }

    @Override
    public Classified next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the run is over");
        }
        if (ready.isEmpty()) {
            answerChunk();
        }
        return ready.remove();
    }

    private void answerChunk() {
        List<Picture> some = pictures.subList(planned, Math.min(pictures.size(), planned + CHUNK));
        Chunk chunk = new Chunk(id, Chunk.name(planned / CHUNK + 1), Source.HERE,
                some.stream().map(FilePhotos::planned).toList());
        Iterator<Picture> picture = some.iterator();
        for (ObjectNode line : worker.work(chunk).lines()) {
            ObjectNode answer = line.deepCopy();
            answer.remove(List.of("schema", "time", "source"));
            ready.add(new Classified(picture.next(), answer));
        }
        planned += some.size();
    }

    @Override
    public void close() {
        client.close();
        s3.close();
    }
}
