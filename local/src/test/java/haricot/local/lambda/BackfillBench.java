package haricot.local.lambda;

import haricot.RunWorker;
import haricot.S3Clients;
import haricot.Settings;
import haricot.backfill.S3Photos;
import haricot.bucket.Chunk;
import haricot.bucket.Source;
import haricot.bucket.UuidV7;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.model.OnnxModel;
import haricot.picture.Decoder;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// Measures the worker of a backfill, chunk by chunk over S3, against its floor in the same process: the same pictures from
/// memory, decoded and run through the bare model on one thread. Both take turns, so other work on the machine weighs on
/// both. `bench/backfill` runs it.
public final class BackfillBench {
    private static final String PHOTOS = "photos";
    private static final int CHUNK = 100;
    private static final int WARM_UP = 3;

    /// A turn of both.
    ///
    /// @param wall how much of the floor's rate the worker has, by the clock
    /// @param cpu the same by processor time, without that of the S3 in this process
    private record Turn(double wall, double cpu, double perSecond) {}

    private BackfillBench() {}

    /// @param arguments how many turns of 100 pictures, and a folder of photos in place of the drawn ones
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        Path photos = Path.of(arguments.length > 1 ? arguments[1] : System.getProperty("haricot.model") + "/examples");
        Path folder = Files.createTempDirectory("backfill");
        try (EmbeddedS3 s3 = new EmbeddedS3(folder)) {
            measure(s3, photos, turns, System.out);
        } finally {
            ColdBench.delete(folder);
        }
        System.exit(0);
    }

    private static void measure(EmbeddedS3 s3, Path folder, int turns, PrintStream out) throws Exception {
        Path file = Path.of(System.getProperty("haricot.model"), "beans.onnx");
        List<byte[]> pictures = pictures(folder);
        try (S3Client client = s3.configure(S3Clients.persistent(true)).build();
                OnnxModel model = OnnxModel.load(file);
                BareModel bare = new BareModel(file)) {
            List<Source> sources = upload(client, pictures);
            RunWorker worker = RunWorker.unfrozen(settings(client, file), client, new S3Photos(client), 1,
                    Clock.systemUTC());
            Decoder decoder = new Decoder(50_000_000, model.card().shortSideKept());
            String run = new UuidV7(Clock.systemUTC(), new SecureRandom()).next();
            List<Turn> all = new ArrayList<>();
            for (int i = 0; i < WARM_UP + turns; i++) {
                Chunk chunk = new Chunk(run, Chunk.name(i + 1), PHOTOS, sources);
                double[] floor = timed(() -> {
                    for (byte[] picture : pictures) {
                        try (BareModel.Input input = bare.input(decoder.decode(picture))) {
                            bare.run(input);
                        }
                    }
                });
                double[] work = timed(() -> worker.work(chunk));
                if (i >= WARM_UP) {
                    all.add(new Turn(floor[0] / work[0], floor[1] / work[1], CHUNK / work[0]));
                }
            }
            out.println(table(all));
        }
    }

    /// A hundred, over and over.
    private static List<byte[]> pictures(Path folder) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.filter(one -> one.toString().matches(".+\\.(jpe?g|png|webp)")).sorted().toList()) {
                files.add(Files.readAllBytes(each));
            }
        }
        return Stream.iterate(0, i -> i + 1).limit(CHUNK).map(i -> files.get(i % files.size())).toList();
    }

    private static List<Source> upload(S3Client client, List<byte[]> pictures) {
        client.createBucket(create -> create.bucket(PHOTOS));
        DataFolder.make(client);
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            String key = "2019/leaf-" + i;
            String etag = client
                    .putObject(put -> put.bucket(PHOTOS).key(key), RequestBody.fromBytes(pictures.get(i))).eTag();
            sources.add(new Source(PHOTOS, key, etag.replace("\"", ""), ""));
        }
        return sources;
    }

    private static Settings settings(S3Client client, Path file) {
        ModelUpload.Uploaded model = ModelUpload.put(client, DataFolder.BUCKET, file);
        return Settings.from(Map.of("BUCKET", DataFolder.BUCKET, "MODEL_NAME", model.name(), "MODEL_VERSION",
                model.version(), "MODEL_SHA256", model.sha256(), "ORT_DISABLE_TELEMETRY", "1"));
    }

    /// @return seconds by the clock, and of processor time without S3's
    private static double[] timed(Runnable work) {
        long cpu = process();
        long begin = System.nanoTime();
        work.run();
        return new double[]{(System.nanoTime() - begin) / 1e9, (process() - cpu) / 1e9};
    }

    /// Nanoseconds of this process, without those of the threads that S3 answers on.
    private static long process() {
        long all = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().matches("(qtp|S3Proxy).*")) {
                all -= Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return all;
    }

    private static String table(List<Turn> turns) {
        return String.format(Locale.ENGLISH, """
                | %,d pictures, one judged at a time | median (least to most) |
                | --- | --- |
                | worker over decoding and bare inference, by the clock | %s |
                | the same by processor time, S3's left out | %s |
                | pictures a second | %s |""", turns.size() * CHUNK,
                spread(turns.stream().mapToDouble(Turn::wall).toArray()),
                spread(turns.stream().mapToDouble(Turn::cpu).toArray()),
                spread(turns.stream().mapToDouble(Turn::perSecond).toArray()));
    }

    private static String spread(double[] values) {
        Arrays.sort(values);
        return String.format(Locale.ENGLISH, "%.2f (%.2f to %.2f)", values[values.length / 2], values[0],
                values[values.length - 1]);
    }
}
