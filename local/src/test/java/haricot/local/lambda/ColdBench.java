package haricot.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Measures what SnapStart is for: how much slower the first request after a restore is than a warm one, and what the
/// start costs in time and memory. `bench/cold` runs it; ratios come from one run, so other work on the machine weighs
/// on both sides.
public final class ColdBench {
    /// Warm requests of which the median counts.
    private static final int WARM = 40;
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String GREEDY = "glibc-defaults";
    private static final String LIBRARY = " -Donnxruntime.native.path=/var/task/ai/onnxruntime/native/linux-x64";
    private static final String SMALL = " -Xmn96m -XX:SurvivorRatio=1";
    /// Options of the JVM; with the C library's own ways of keeping freed memory where that is said, else the template's.
    private static final List<String> CANDIDATES = List.of(GREEDY, GREEDY + LIBRARY, GREEDY + LIBRARY + SMALL,
            LIBRARY + SMALL, LIBRARY + SMALL + " -XX:TieredStopAtLevel=1");

    private final Options options;
    private final Path folder;
    private final Path code;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    /// @param json whether to print the figures as JSON instead of a table
    /// @param rounds how many processes are started for each form and format
    /// @param more requests after the first thousand
    /// @param compare whether to compare options of the JVM instead
    private record Options(boolean json, int rounds, int more, boolean compare) {
        static Options of(List<String> arguments) {
            return new Options(arguments.contains("--json"), Integer.parseInt(value(arguments, "--rounds", "3")),
                    Integer.parseInt(value(arguments, "--more", "10000")), arguments.contains("--options"));
        }

        private static String value(List<String> arguments, String name, String otherwise) {
            int at = arguments.indexOf(name);
            return at < 0 ? otherwise : arguments.get(at + 1);
        }
    }

    private ColdBench(Options options, Path folder) throws IOException {
        this.options = options;
        this.folder = folder;
        this.code = FunctionZip.unpackInto(folder.resolve("code"));
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("cold");
        try {
            ColdBench bench = new ColdBench(Options.of(List.of(arguments)), folder);
            bench.run();
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        if (options.compare()) {
            compareOptions();
            return;
        }
        size();
        memory();
        unprimed();
        primed();
        print();
    }

    /// What the JVM's options do to one environment: the table that chose those of the template.
    private void compareOptions() throws IOException, InterruptedException {
        List<byte[]> mixed = mixed();
        System.out.println("| options | prime s | processor s | first ms | warm ms | MB after start | MB after 300 |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |");
        for (String jvm : CANDIDATES) {
            try (Region region = region(); LambdaProcess lambda = start("snap-start", region, jvm)) {
                lambda.awaitFrozen();
                double processor = lambda.processorSeconds();
                double atStart = lambda.memory();
                region.move();
                lambda.release();
                double first = millisOfAll(lambda);
                double warm = millisOfAll(lambda);
                for (int again = 0; again < 2; again++) {
                    warm = Math.min(warm, millisOfAll(lambda));
                }
                send(lambda, mixed, 300);
                System.out.printf("| `%s` | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f |%n", jvm,
                        lambda.log("rehearsed").getFirst().path("millis").asDouble() / 1000, processor, first, warm,
                        atStart, lambda.memory());
            }
        }
    }

    private static double millisOfAll(LambdaProcess lambda) throws IOException, InterruptedException {
        double sum = 0;
        for (Requests.Named request : Requests.all()) {
            sum += lambda.invoke(request.event()).millis();
        }
        return sum;
    }

    private void size() throws IOException {
        figures.put("zip_mb", round(Files.size(FunctionZip.file()) / 1e6));
        figures.put("unpacked_mb", round(FunctionZip.size(code) / 1e6));
    }

    /// One environment that answers thousands.
    private void memory() throws IOException, InterruptedException {
        List<byte[]> mixed = mixed();
        try (Region region = region(); LambdaProcess lambda = start("snap-start", region)) {
            double frozen = lambda.awaitFrozen();
            double rehearsed = lambda.log("rehearsed").getFirst().path("millis").asDouble() / 1000;
            double started = lambda.log("started").getFirst().path("millis").asDouble() / 1000;
            figures.put("prime_seconds", round(rehearsed));
            figures.put("rehearsed_requests", lambda.log("rehearsed").getFirst().path("requests").asInt());
            figures.put("load_seconds", round(started - rehearsed));
            figures.put("jvm_seconds", round(frozen - started));
            region.move();
            figures.put("restore_seconds", round(lambda.release()));
            figures.put("rss_after_start_mb", round(lambda.memory()));
            send(lambda, mixed, 1000);
            double before = lambda.memory();
            figures.put("rss_mb", round(before));
            send(lambda, mixed, options.more() / 2);
            double halfway = lambda.memory();
            send(lambda, mixed, options.more() - options.more() / 2);
            figures.put("growth_mb", round(lambda.memory() - before));
            // A leak grows to the end; what warms up comes to rest.
            figures.put("growth_of_second_half_mb", round(lambda.memory() - halfway));
        }
    }

    /// Starts as Lambda starts an environment without a snapshot: one request was rehearsed.
    private void unprimed() throws IOException, InterruptedException {
        Map<String, Object> ratios = new LinkedHashMap<>();
        List<Double> seconds = new ArrayList<>();
        for (Requests.Named request : Requests.all()) {
            try (Region region = region(); LambdaProcess lambda = start("on-demand", region)) {
                seconds.add(lambda.awaitReady());
                ratios.put(request.name(), round(first(lambda, request).ratio()));
            }
        }
        figures.put("on_demand_seconds", round(median(seconds)));
        figures.put("unprimed_first_over_warm", ratios);
    }

    /// For each form and format a process whose first request after its release is of that kind.
    private void primed() throws IOException, InterruptedException {
        Map<String, Object> ratios = new LinkedHashMap<>();
        Map<String, Object> firsts = new LinkedHashMap<>();
        Map<String, Object> warms = new LinkedHashMap<>();
        for (Requests.Named request : Requests.all()) {
            List<First> results = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                try (Region region = region(); LambdaProcess lambda = start("snap-start", region)) {
                    lambda.awaitFrozen();
                    region.move();
                    lambda.release();
                    results.add(first(lambda, request));
                }
            }
            ratios.put(request.name(), round(median(results.stream().map(First::ratio).toList())));
            firsts.put(request.name(), round(median(results.stream().map(First::millis).toList())));
            warms.put(request.name(), round(median(results.stream().map(First::warm).toList())));
        }
        figures.put("first_over_warm", ratios);
        figures.put("first_millis", firsts);
        figures.put("warm_millis", warms);
    }

    private record First(double millis, double warm) {
        double ratio() {
            return millis / warm;
        }
    }

    private static First first(LambdaProcess lambda, Requests.Named request) throws IOException, InterruptedException {
        double first = lambda.invoke(request.event()).millis();
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            warm.add(lambda.invoke(request.event()).millis());
        }
        return new First(first, median(warm));
    }

    /// What callers send: mostly small pictures in every form, now and then one from a phone.
    private static List<byte[]> mixed() throws IOException {
        List<byte[]> mixed = new ArrayList<>();
        Requests.all().forEach(request -> mixed.add(request.event()));
        mixed.add(Requests.event("raw", "jpeg", Requests.drawn(2000, 1500, "jpeg")));
        mixed.add(Requests.event("json", "png", Requests.drawn(1200, 900, "png")));
        mixed.add(Requests.event("raw", "jpeg", Requests.drawn(4000, 3000, "jpeg")));
        mixed.add(Requests.get("v1/model"));
        mixed.add(Requests.get(""));
        return mixed;
    }

    private static void send(LambdaProcess lambda, List<byte[]> events, int requests)
            throws IOException, InterruptedException {
        for (int i = 0; i < requests; i++) {
            lambda.invoke(events.get(i % events.size()));
        }
    }

    private Region region() throws IOException {
        return new Region(Files.createTempDirectory(folder, "region"));
    }

    private LambdaProcess start(String type, Region region) throws IOException {
        return new LambdaProcess(new LambdaProcess.Launch(code, type, region), folder);
    }

    private LambdaProcess start(String type, Region region, String jvm) throws IOException {
        LambdaProcess.Launch launch = new LambdaProcess.Launch(code, type, region);
        if (jvm.startsWith(GREEDY)) {
            launch = launch.with("MALLOC_ARENA_MAX", "").with("MALLOC_MMAP_THRESHOLD_", "")
                    .with("MALLOC_TRIM_THRESHOLD_", "");
        }
        return new LambdaProcess(launch.options(List.of(
                jvm.replace(GREEDY, "").replace("/var/task", code.toString()), NATIVE_ACCESS, region.option())),
                folder);
    }

    private void print() throws IOException {
        if (options.json()) {
            System.out.println(new ObjectMapper().writeValueAsString(figures));
            return;
        }
        System.out.println("| figure | value |\n| --- | --- |");
        figures.forEach((name, value) -> {
            if (value instanceof Map<?, ?> each) {
                each.forEach((kind, number) -> System.out.println("| " + name + " " + kind + " | " + number + " |"));
            } else {
                System.out.println("| " + name + " | " + value + " |");
            }
        });
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
