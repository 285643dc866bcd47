package haricot.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An execution environment: the unpacked zip in a process of its own under AWS's runtime client, with the JVM options
/// that the template gives it.
final class LambdaProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// A start primes for up to 60 seconds, and other tests may share the machine.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RuntimeApi api;
    private final Process process;
    private final Path out;
    private final Path err;
    private final long begin = System.nanoTime();

    /// @param code the folder of the unpacked zip
    /// @param type of initialisation, `snap-start` or `on-demand`
    /// @param variables of the environment, beside those that Lambda sets
    /// @param options of the JVM
    record Launch(Path code, String handler, String type, Map<String, String> variables, List<String> options) {
        Launch(Path code, String type, Region region) {
            this(code, templateHandler(), type, region.variables(),
                    List.of(templateOptions(code), region.option()));
        }

        Launch with(String name, String value) {
            Map<String, String> more = new HashMap<>(variables);
            more.put(name, value);
            return new Launch(code, handler, type, more, options);
        }

        Launch handler(String other) {
            return new Launch(code, other, type, variables, options);
        }

        Launch option(String more) {
            return options(Stream.concat(options.stream(), Stream.of(more)).toList());
        }

        Launch options(List<String> other) {
            return new Launch(code, handler, type, variables, other);
        }
    }

    /// @param folder for its output
    LambdaProcess(Launch launch, Path folder) throws IOException {
        api = new RuntimeApi();
        out = Files.createTempFile(folder, "out", ".log");
        err = Files.createTempFile(folder, "err", ".log");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the managed runtime starts it with the template's 1,769 MB.
                "-XX:MaxRAM=1769m", "-XX:MaxHeapSize=1539738k", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + library(folder),
                "-classpath", runtimeClient(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", launch.handler())
                .directory(launch.code().toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(templateMemory());
        environment.putAll(launch.variables());
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        environment.put("LAMBDA_TASK_ROOT", launch.code().toString());
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", launch.type());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "haricot-classify");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "7");
        environment.put("ORT_DISABLE_TELEMETRY", launch.variables().getOrDefault("ORT_DISABLE_TELEMETRY", "1"));
        environment.put("JAVA_TOOL_OPTIONS", String.join(" ", launch.options()));
        process = builder.start();
    }

    /// Options of the JVM from the template, with the folder of the unpacked zip instead of Lambda's.
    static String templateOptions(Path code) {
        return inTemplate("JAVA_TOOL_OPTIONS: !Sub\\n\\s+- '([^'\\n]+)'").replace("${Cpu}", "x64").replace("/var/task",
                code.toString());
    }

    private static String templateHandler() {
        return inTemplate("Handler: (haricot\\.ClassifyHandler\\S*)");
    }

    private static String inTemplate(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(template());
        if (!found.find()) {
            throw new IllegalStateException("template.yaml has no " + pattern);
        }
        return found.group(1);
    }

    /// What the template tells the C library of its memory.
    private static Map<String, String> templateMemory() {
        Map<String, String> variables = new HashMap<>();
        Matcher line = Pattern.compile("(MALLOC_\\w+): '(\\d+)'").matcher(template());
        while (line.find()) {
            variables.put(line.group(1), line.group(2));
        }
        return variables;
    }

    private static String template() {
        try {
            return Files.readString(Path.of(System.getProperty("haricot.root"), "template.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the template", e);
        }
    }

    /// Waits until it is ready for its photograph.
    ///
    /// @return seconds since it was started
    double awaitFrozen() throws IOException, InterruptedException {
        return await(api::awaitFrozen);
    }

    /// Tells it that it was restored.
    ///
    /// @return seconds until it asks for its first event
    double release() throws IOException, InterruptedException {
        long released = System.nanoTime();
        api.release();
        await(api::awaitReady);
        return (System.nanoTime() - released) / 1e9;
    }

    /// Waits until it asks for its first event.
    ///
    /// @return seconds since it was started
    double awaitReady() throws IOException, InterruptedException {
        return await(api::awaitReady);
    }

    private interface Milestone {
        boolean await(Duration patience) throws InterruptedException;
    }

    private double await(Milestone milestone) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!milestone.await(Duration.ofMillis(200))) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("does not start: " + output() + errors());
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    RuntimeApi.Answer invoke(byte[] event) throws IOException, InterruptedException {
        return api.invoke(event);
    }

    /// Waits for its end.
    int exit() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("does not end: " + output());
        }
        return process.exitValue();
    }

    RuntimeApi api() {
        return api;
    }

    /// What it printed so far.
    List<String> output() throws IOException {
        return Files.readAllLines(out).stream().filter(line -> !line.isBlank()).toList();
    }

    /// What it, or its JVM, printed as errors.
    List<String> errors() throws IOException {
        return Files.readAllLines(err).stream().filter(line -> !line.isBlank()).toList();
    }

    /// The log lines of an event.
    List<JsonNode> log(String event) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : output()) {
            JsonNode json = line.startsWith("{") ? JSON.readTree(line) : JSON.createObjectNode();
            if (json.path("event").asText().equals(event)) {
                lines.add(json);
            }
        }
        return lines;
    }

    /// Resident memory in MB, of Linux.
    double memory() throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        Matcher resident = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        if (!resident.find()) {
            throw new IOException("no VmRSS in " + status);
        }
        return Long.parseLong(resident.group(1)) / 1024.0;
    }

    /// Time that its threads spent on a processor so far.
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
    }

    /// The native part of the runtime client, which has a place of its own on Lambda. Left to itself the client puts it
    /// into a shared folder, where two that start at once overwrite each other's and crash.
    private static Path library(Path folder) throws IOException {
        try (InputStream in = LambdaProcess.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-x86_64.so")) {
            Path file = Files.createTempFile(folder, "client", ".so");
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }

    /// The jars of AWS's runtime client: on Lambda they are there before any function is.
    private static String runtimeClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.matches(
                        ".*/(aws-lambda-java-(core|runtime-interface-client|serialization)|utils-lite|annotations)-"
                                + "[0-9.]+\\.jar"))
                .filter(path -> !path.contains("errorprone") && !path.contains("jetbrains"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
