package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.local.host.Program;
import haricot.local.host.Shell;
import haricot.local.host.TestModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `haricot serve` as a program: how it ends, and what is left then.
final class ServeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    @Test
    void itEndsWhenAskedTo() throws Exception {
        try (Program program = new Program(data)) {
            assertTrue(program.greeting().stream()
                    .anyMatch(line -> line.contains("curl --data-binary @") && line.contains("examples/healthy.jpg")));
            assertEquals("Stopped. 143", program.terminate());
        }
    }

    /// At an address of the loopback range that is not what it listens at by itself.
    @Test
    void letInByHostAPhoneFindsTheKeyInTheAddressAndNowhereElse() throws Exception {
        try (Program program = new Program(data, "--host=127.0.0.2"); HttpClient client = HttpClient.newHttpClient()) {
            String key = program.address().getFragment().replaceFirst("^key=", "");
            assertTrue(key.length() >= 20, key);
            assertEquals(1, program.greeting().stream().filter(line -> line.contains(key)).count());
            HttpRequest.Builder request = HttpRequest.newBuilder(program.address().resolve("v1/classify"))
                    .header("Content-Type", "image/png").POST(BodyPublishers.ofFile(TestModel.drawn("blank-grey")));
            assertEquals(403, client.send(request.build(), BodyHandlers.discarding()).statusCode());
            request.header("x-api-key", key);
            assertEquals(200, client.send(request.build(), BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void aTakenPortIsToldBeforeTheModelIsLooked() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell.Ran ran = Shell.haricot("serve", "--port", taken.getLocalPort(), "--data", data.resolve("none"),
                    "--model", "no-model.onnx");
            assertEquals("haricot: port " + taken.getLocalPort() + " is taken: choose another with --port\n",
                    ran.err());
        }
    }

    @Test
    void atEveryAddressItWantsAKeyOfItsOwner() {
        Shell.Ran ran = Shell.haricot("serve", "--host", "0.0.0.0", "--api-key", "", "--data", data);
        assertEquals("haricot: to listen at every address of this computer it needs a key of yours: set API_KEY\n",
                ran.err());
    }

    @Test
    void killedInMidRunItLeavesNoAnsweredFlagWithoutItsObjectAndGoesOnAfterwards() throws Exception {
        endedInMidRun(Program::kill);
    }

    /// What a decoder's crash is.
    @Test
    void crashedInMidRunItLeavesNoAnsweredFlagWithoutItsObjectAndGoesOnAfterwards() throws Exception {
        endedInMidRun(Program::crash);
        assertTrue(Files.readString(data.resolve("crash.log")).contains("SIGSEGV"));
    }

    @FunctionalInterface
    private interface End {
        void of(Program program) throws Exception;
    }

    private void endedInMidRun(End end) throws Exception {
        Queue<String> promised = new ConcurrentLinkedQueue<>();
        try (Program program = new Program(data); HttpClient client = HttpClient.newHttpClient()) {
            CountDownLatch some = new CountDownLatch(20);
            Thread[] callers = new Thread[3];
            for (int i = 0; i < callers.length; i++) {
                callers[i] = Thread.ofVirtual().start(() -> postUntilItDies(client, program.address(), promised, some));
            }
            some.await();
            end.of(program);
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertTrue(promised.size() >= 20);
        for (String key : promised) {
            JsonNode flag = JSON.readTree(Files.readAllBytes(data.resolve("haricot").resolve(key)));
            assertTrue(key.endsWith(flag.path("id").asText() + ".json"), key);
        }
        try (Program again = new Program(data); HttpClient client = HttpClient.newHttpClient()) {
            String key = post(client, again.address());
            assertTrue(Files.exists(data.resolve("haricot").resolve(key)), key);
        }
        assertTrue(Files.exists(data.resolve("haricot").resolve(promised.element())));
    }

    @Test
    void askedToEndItHasCountedAllThatItAnswered() throws Exception {
        try (Program program = new Program(data); HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest noPicture = HttpRequest.newBuilder(program.address().resolve("v1/classify"))
                    .POST(BodyPublishers.ofString("no picture")).build();
            for (int i = 0; i < 60; i++) {
                assertEquals(415, client.send(noPicture, BodyHandlers.discarding()).statusCode());
            }
            program.terminate();
        }
        int counted = 0;
        try (Stream<Path> tallies = Files.walk(data.resolve("haricot/tallies"))) {
            for (Path tally : tallies.filter(Files::isRegularFile).toList()) {
                counted += JSON.readTree(Files.readAllBytes(tally)).at("/errors/unsupported-format").asInt();
            }
        }
        assertEquals(60, counted, "past the first of an hour not each is written at once");
    }

    private static void postUntilItDies(HttpClient client, URI address, Queue<String> promised, CountDownLatch some) {
        try {
            while (true) {
                promised.add(post(client, address));
                some.countDown();
            }
        } catch (IOException e) {
            // It is dead, which is what this waits for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return the key of the flag, which the answer says is stored
    private static String post(HttpClient client, URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(address.resolve("v1/classify"))
                .header("Content-Type", "image/png").POST(BodyPublishers.ofFile(TestModel.drawn("blank-grey"))).build(),
                BodyHandlers.ofByteArray());
        JsonNode flag = JSON.readTree(answer.body()).path("flag");
        if (!flag.path("stored").asBoolean()) {
            throw new IllegalStateException("no stored flag: " + flag);
        }
        return flag.path("key").asText();
    }
}
