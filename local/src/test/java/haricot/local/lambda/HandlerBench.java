package haricot.local.lambda;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.Environment;
import haricot.S3Clients;
import haricot.Settings;
import haricot.api.Invocation;
import haricot.api.Routes;
import haricot.local.host.EmbeddedS3;
import haricot.local.host.ModelUpload;
import haricot.model.Judge;
import haricot.model.OnnxModel;
import haricot.model.Prediction;
import haricot.picture.Decoder;
import haricot.picture.raster.Image;
import haricot.web.ProxyEvent;
import haricot.web.Request;
import haricot.web.Submission;
import haricot.web.Submissions;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/// Measures the handler from event bytes to answer bytes, each of its stages, and its floor: a decoded picture and the
/// bare run of the model in the same process. All of them take turns, so other work on the machine weighs on all.
/// `bench/handler` runs it.
public final class HandlerBench implements AutoCloseable {
    private static final String BUCKET = "bench";
    /// Turns that do not count, at most so many seconds of them: the compilers are at work.
    private static final int WARM_UP = 300;
    private static final double WARM_UP_SECONDS = 8;
    private static final int LEAST = 5;

    private final Options options;
    private final EmbeddedS3 s3;
    private final S3Client client;
    private final Routes routes;
    private final OnnxModel model;
    private final BareModel bare;
    private final Decoder decoder;
    private final Judge judge;

    /// @param rounds of which each gives a ratio
    /// @param seconds of a round
    /// @param pictures files; their extension is their format
    private record Options(Path model, List<Path> pictures, int rounds, double seconds, boolean json) {
        static Options of(List<String> arguments) {
            return new Options(
                    Path.of(value(arguments, "--model", System.getProperty("haricot.model") + "/beans.onnx")),
                    arguments.stream().filter(one -> one.matches(".+\\.(jpe?g|png|webp)")).map(Path::of).toList(),
                    Integer.parseInt(value(arguments, "--rounds", "5")),
                    Double.parseDouble(value(arguments, "--seconds", "3")), arguments.contains("--json"));
        }

        private static String value(List<String> arguments, String name, String otherwise) {
            int at = arguments.indexOf(name);
            return at < 0 ? otherwise : arguments.get(at + 1);
        }
    }

    private HandlerBench(Options options, Path folder) throws IOException, OrtException {
        this.options = options;
        s3 = new EmbeddedS3(folder);
        client = s3.configure(S3Clients.client(true)).build();
        ModelUpload.Uploaded uploaded = upload(options.model());
        routes = Environment.unfrozen(
                Settings.from(Map.of("BUCKET", BUCKET, "MODEL_NAME", uploaded.name(), "MODEL_VERSION",
                        uploaded.version(), "MODEL_SHA256", uploaded.sha256(), "AUDIT_RATE", "0",
                        "ORT_DISABLE_TELEMETRY", "1")),
                client, Clock.systemUTC(), new SecureRandom());
        model = OnnxModel.load(options.model());
        bare = new BareModel(options.model());
        decoder = new Decoder(50_000_000, model.card().shortSideKept());
        judge = new Judge(model.card());
    }

    private ModelUpload.Uploaded upload(Path file) {
        try (S3Client patient = s3.client()) {
            patient.createBucket(create -> create.bucket(BUCKET));
            return ModelUpload.put(patient, BUCKET, file);
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        // The handler's log lines are part of its work, and nobody reads them here.
        System.setOut(new PrintStream(Files.newOutputStream(Path.of("/dev/null")), true, StandardCharsets.UTF_8));
        Path folder = Files.createTempDirectory("handler");
        Options options = Options.of(List.of(arguments));
        try (HandlerBench bench = new HandlerBench(options, folder)) {
            Map<String, Measured> all = bench.run();
            out.println(options.json() ? new ObjectMapper().writeValueAsString(all) : table(all));
        } catch (Exception | Error failed) {
            failed.printStackTrace();
            // The bucket's threads would keep the process.
            System.exit(1);
        } finally {
            ColdBench.delete(folder);
        }
        System.exit(0);
    }

    /// @param overFloor a ratio for each round, the median of its turns
    /// @param stageMillis medians; the last is what is left of the handler
    private record Measured(double handlerMillis, double floorMillis, List<Double> overFloor,
            Map<String, Double> stageMillis) {}

    private Map<String, Measured> run() throws IOException {
        Map<String, Measured> all = new LinkedHashMap<>();
        if (options.pictures().isEmpty()) {
            measure("drawn.jpeg", Requests.drawn(500, 500, "jpeg"), all);
        }
        for (Path picture : options.pictures()) {
            measure(picture.getFileName().toString(), Files.readAllBytes(picture), all);
        }
        return all;
    }

    private void measure(String name, byte[] picture, Map<String, Measured> all) {
        String format = name.substring(name.lastIndexOf('.') + 1).replace("jpg", "jpeg");
        for (String form : List.of("json", "raw")) {
            String kind = name.replaceFirst("\\.[a-z]+$", "") + ", " + form.replace("json", "JSON");
            all.put(kind, measure(Requests.event(form, format, picture), picture));
        }
    }

    private Measured measure(byte[] event, byte[] picture) {
        turns(event, picture, WARM_UP, WARM_UP_SECONDS);
        List<Turn> turns = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            List<Turn> round = turns(event, picture, Integer.MAX_VALUE, options.seconds());
            ratios.add(median(round.stream().map(turn -> turn.handler / turn.floor).toList()));
            turns.addAll(round);
        }
        Map<String, Double> stages = stages(event, options.seconds());
        double handler = median(turns.stream().map(Turn::handler).toList());
        stages.put("answer, count, log", handler - stages.values().stream().mapToDouble(Double::doubleValue).sum());
        return new Measured(handler, median(turns.stream().map(Turn::floor).toList()), ratios, stages);
    }

    /// Milliseconds of one event, and of its floor.
    private record Turn(double handler, double floor) {}

    /// By themselves: beside the turns, the model of the floor would be run twice as often as the handler's, and its weights
    /// be found in the cache.
    private Map<String, Double> stages(byte[] event, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Map<String, Double>> all = new ArrayList<>();
        while (all.size() < LEAST || System.nanoTime() < end) {
            all.add(stages(event));
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String stage : all.getFirst().keySet()) {
            medians.put(stage, median(all.stream().map(one -> one.get(stage)).toList()));
        }
        return medians;
    }

    private List<Turn> turns(byte[] event, byte[] picture, int most, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Turn> turns = new ArrayList<>();
        while (turns.size() < LEAST || turns.size() < most && System.nanoTime() < end) {
            // Each goes first in turn: what comes second finds its data in the cache.
            if (turns.size() % 2 == 0) {
                double handler = millis(() -> routes.answerEvent(event, Invocation.NONE));
                turns.add(new Turn(handler, floor(picture)));
            } else {
                double floor = floor(picture);
                turns.add(new Turn(millis(() -> routes.answerEvent(event, Invocation.NONE)), floor));
            }
        }
        return turns;
    }

    private double floor(byte[] picture) {
        Stopwatch watch = new Stopwatch();
        Image image = decoder.decode(picture);
        double decoded = watch.lap();
        try (BareModel.Input input = bare.input(image)) {
            watch.lap();
            bare.run(input);
            return decoded + watch.lap();
        }
    }

    private Map<String, Double> stages(byte[] event) {
        Map<String, Double> stages = new LinkedHashMap<>();
        Stopwatch watch = new Stopwatch();
        Request request = ProxyEvent.read(event);
        stages.put("event", watch.lap());
        Submission submission = Submissions.read(request, model.card().labels().size());
        stages.put("form, base64", watch.lap());
        byte[] picture = ((Submission.Single) submission).item().bytes();
        watch.lap();
        Decoder.Opened opened = decoder.open(picture);
        stages.put("header", watch.lap());
        Image image = opened.decode();
        stages.put("decode", watch.lap());
        double run;
        try (BareModel.Input input = bare.input(image)) {
            watch.lap();
            bare.run(input);
            run = watch.lap();
        }
        watch.lap();
        Prediction prediction = model.predict(image);
        stages.put("tensor, outputs", watch.lap() - run);
        stages.put("run", run);
        watch.lap();
        judge.judge(prediction, image);
        stages.put("verdict", watch.lap());
        return stages;
    }

    private static double millis(Runnable work) {
        Stopwatch watch = new Stopwatch();
        work.run();
        return watch.lap();
    }

    /// Processor time: other work on the machine is not in it. Nor are the writes of a flag, which other threads make; a
    /// picture that is accepted waits for none.
    private static final class Stopwatch {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private long last = THREADS.getCurrentThreadCpuTime();

        double lap() {
            long now = THREADS.getCurrentThreadCpuTime();
            double millis = (now - last) / 1e6;
            last = now;
            return millis;
        }
    }

    private static String table(Map<String, Measured> all) {
        StringBuilder table = new StringBuilder("| ms |");
        all.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(all.size()));
        for (String stage : all.values().iterator().next().stageMillis().keySet()) {
            table.append("\n| ").append(stage).append(" |");
            all.values().forEach(one -> table.append(" %.3f |".formatted(one.stageMillis().get(stage))));
        }
        table.append("\n| **handler** |");
        all.values().forEach(one -> table.append(" %.2f |".formatted(one.handlerMillis())));
        table.append("\n| floor: decode and run |");
        all.values().forEach(one -> table.append(" %.2f |".formatted(one.floorMillis())));
        table.append("\n| handler over floor |");
        all.values().forEach(one -> table.append(" %.3f (%.3f to %.3f) |".formatted(median(one.overFloor()),
                one.overFloor().stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                one.overFloor().stream().mapToDouble(Double::doubleValue).max().orElseThrow())));
        return table.toString();
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @Override
    public void close() {
        routes.finish();
        bare.close();
        model.close();
        client.close();
        s3.close();
    }
}
