package haricot.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.local.host.TestModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `bench/arm64`: three pictures through the arm64 zip under emulation, its probabilities beside those of the x86 zip. What it
/// shows is that the zip starts and answers the same; nothing about its speed.
final class EmulatedBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EVENTS = List.of("rest-raw-leaf", "rest-raw-png-called-jpeg", "rest-raw-webp");
    /// Other instructions add up in another order.
    private static final double SAME = 0.001;

    private EmulatedBench() {}

    /// @param args the folders of the two unpacked zips, x86's first, then the words that start the emulated `java`
    public static void main(String[] args) throws Exception {
        List<JsonNode> here = answers(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                Path.of(args[0]), "x64");
        List<JsonNode> there = answers(List.of(args).subList(2, args.length), Path.of(args[1]), "aarch64");
        double worst = 0;
        for (int i = 0; i < EVENTS.size(); i++) {
            Map<String, Double> mine = probabilities(here.get(i));
            Map<String, Double> theirs = probabilities(there.get(i));
            for (Map.Entry<String, Double> each : mine.entrySet()) {
                double other = theirs.getOrDefault(each.getKey(), Double.NaN);
                System.out.printf(Locale.ROOT, "%-26s %-20s x86_64 %.6f   arm64 %.6f%n", EVENTS.get(i), each.getKey(),
                        each.getValue(), other);
                worst = Math.max(worst, Double.isNaN(other) ? 1 : Math.abs(each.getValue() - other));
            }
        }
        System.out.printf(Locale.ROOT, "largest difference %.6f: %s%n", worst,
                worst <= SAME ? "the same" : "NOT the same");
        System.exit(worst <= SAME ? 0 : 1);
    }

    private static List<JsonNode> answers(List<String> java, Path code, String cpu)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(LambdaProcess.templateOptions(code).replace("linux-x64", "linux-" + cpu).split(" ")));
        // The emulator translates each compiled method again: with one compiler it starts in minutes.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-classpath",
                code + ":" + code + "/lib/*:" + System.getProperty("haricot.root") + "/local/target/test-classes",
                ThreeRequests.class.getName(), TestModel.file().toString()));
        EVENTS.forEach(event -> command.add(System.getProperty("haricot.root") + "/events/" + event + ".json"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.environment().remove("CLASSPATH");
        long begin = System.nanoTime();
        Process process = builder.start();
        List<JsonNode> answers = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("answer ")) {
                    answers.add(JSON.readTree(line.substring("answer ".length())));
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 || answers.size() != EVENTS.size()) {
            throw new IOException(cpu + " ended with " + status + " after " + answers.size() + " answers");
        }
        System.out.printf(Locale.ROOT, "%s: %d answers in %.0f s, start included%n", cpu, answers.size(),
                (System.nanoTime() - begin) / 1e9);
        return answers;
    }

    private static Map<String, Double> probabilities(JsonNode answer) {
        Map<String, Double> probabilities = new TreeMap<>();
        answer.path("predictions")
                .forEach(each -> probabilities.put(each.path("label").asText(), each.path("probability").asDouble()));
        return probabilities;
    }
}
