package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import haricot.local.host.Failure;
import haricot.web.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The gateway over real HTTP, before functions that answer with the event that they were handed.
final class GatewayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOT_UTF8 = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, (byte) 0xc3};
    private static final int MOST = 6_291_556;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Gateway gateway;

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void makesTheEventOfARestApi() throws Exception {
        start("", "");
        JsonNode event = event(request("v1/model?a=1&a=2%20x&b&").header("X-Two", "one").header("X-Two", "two").GET());
        assertEquals("/{proxy+}", event.path("resource").asText());
        assertEquals("/v1/model", event.path("path").asText());
        assertEquals("v1/model", event.path("pathParameters").path("proxy").asText());
        assertEquals("{\"a\":\"2 x\",\"b\":\"\"}", event.path("queryStringParameters").toString());
        assertEquals("{\"a\":[\"1\",\"2 x\"],\"b\":[\"\"]}", event.path("multiValueQueryStringParameters").toString());
        assertEquals("[\"one\",\"two\"]", event.path("multiValueHeaders").path("X-Two").toString());
        assertEquals("two", event.path("headers").path("X-Two").asText());
        assertTrue(event.path("body").isNull());
        assertEquals("/local/v1/model", event.path("requestContext").path("path").asText());
    }

    @Test
    void onlyAPostToClassifyHasAResourceOfItsOwn() throws Exception {
        start("", "");
        assertEquals("/v1/classify", event(post("v1/classify", "{}")).path("resource").asText());
        assertEquals("/{proxy+}", event(request("v1/classify").GET()).path("resource").asText());
        assertEquals("/", event(request("").GET()).path("resource").asText());
    }

    @Test
    void everyBodyTravelsAsBase64WhateverItsType() throws Exception {
        start("", "");
        for (String type : List.of("image/jpeg", "IMAGE/x-odd", "application/octet-stream", "application/json",
                "text/plain", "video/mp4", "multipart/form-data; boundary=x", "nonsense")) {
            JsonNode event = event(post("v1/classify", type, NOT_UTF8));
            assertTrue(event.path("isBase64Encoded").asBoolean(), type);
            assertArrayEquals(NOT_UTF8, event.path("body").binaryValue(), type);
        }
        JsonNode event = event(request("v1/classify").POST(BodyPublishers.ofByteArray(NOT_UTF8)));
        assertArrayEquals(NOT_UTF8, event.path("body").binaryValue(), "without a type");
    }

    /// The smallest of them once kept everybody else waiting for a minute.
    @Test
    void slowUploadsKeepNobodyWaitingAndAreToldSo() throws Exception {
        start("", "");
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort());
                slow.add(socket);
                socket.getOutputStream().write(("POST /v1/classify HTTP/1.1\r\nHost: localhost:"
                        + gateway.address().getPort() + "\r\nContent-Length: 1000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 40; i++) {
                slow.add(new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort()));
            }
            long start = System.nanoTime();
            assertEquals(200, send(request("v1/health").GET()).statusCode());
            assertEquals(200, send(post("v1/classify", "image/jpeg", new byte[100_000])).statusCode());
            assertTrue(System.nanoTime() - start < 2_000_000_000L, "others waited");
            Socket first = slow.getFirst();
            first.setSoTimeout(1);
            String answer = "";
            for (int second = 0; second < 15 && answer.isEmpty(); second++) {
                first.getOutputStream().write('x');
                Thread.sleep(700);
                answer = available(first);
            }
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aChunkedBodyWithATrailerIsAnswered() throws Exception {
        start("", "");
        String answer = raw("POST /v1/classify HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n",
                "3\r\nabc\r\n2;x=1\r\nde\r\n0\r\nX-Sum: 7\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("\\\"body\\\":\\\"YWJjZGU=\\\"") || answer.contains("\"body\":\"YWJjZGU=\""),
                answer);
    }

    @Test
    void whatIsNotHttpGetsAnAnswerThatSaysSo() throws Exception {
        start("", "");
        assertTrue(raw("GET / HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n", "").startsWith("HTTP/1.1 431 "));
        assertTrue(raw("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")
                .startsWith("HTTP/1.1 400 "));
        assertTrue(raw("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n")
                .startsWith("HTTP/1.1 400 "));
        assertTrue(raw("POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")
                .matches("(?s)HTTP/1.1 (400|501) .*"));
        String answer = raw("POST / HTTP/1.1\r\nContent-Length: x\r\n", "");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("application/json") && answer.contains("{\"message\":"), answer);
    }

    private String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((head + "Host: localhost:" + gateway.address().getPort()
                    + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String available(Socket socket) throws IOException {
        byte[] some = new byte[4096];
        try {
            int length = socket.getInputStream().read(some);
            return new String(some, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }

    @Test
    void answersBelowItsStageOnly() throws Exception {
        start("Prod", "");
        assertEquals("/Prod/", gateway.address().getPath());
        assertEquals("/", event(request("").GET()).path("path").asText());
        assertEquals("/", event(at("/Prod").GET()).path("path").asText());
        JsonNode event = event(post("v1/classify", "{}"));
        assertEquals("/v1/classify", event.path("path").asText());
        assertEquals("/Prod/v1/classify", event.path("requestContext").path("path").asText());
        assertEquals(403, send(at("/v1/classify").GET()).statusCode());
        assertEquals(403, send(at("/Production/").GET()).statusCode());
    }

    @Test
    void asksForItsKeyWherePicturesArePostedAndNowhereElse() throws Exception {
        start("", "s3cret");
        HttpResponse<byte[]> refused = send(post("v1/classify", "{}"));
        assertEquals(403, refused.statusCode());
        assertEquals("api-key", JSON.readTree(refused.body()).path("code").asText());
        assertEquals(403, send(post("v1/classify", "{}").header("x-api-key", "other")).statusCode());
        assertEquals(200, send(post("v1/classify", "{}").header("x-api-key", "s3cret")).statusCode());
        assertEquals(200, send(request("v1/classify").method("OPTIONS", BodyPublishers.noBody())).statusCode());
        assertEquals(200, send(request("").GET()).statusCode());
    }

    @Test
    void refusesWhatLambdaWouldRefuse() throws Exception {
        start("", "");
        HttpResponse<byte[]> refused = send(post("v1/classify", "image/jpeg", new byte[MOST / 4 * 3 + 3]));
        assertEquals(413, refused.statusCode());
        assertEquals("too-large", JSON.readTree(refused.body()).path("code").asText());
        assertTrue(JSON.readTree(refused.body()).path("detail").asText().contains("6,291,556 bytes"));
        assertEquals(413, send(post("v1/classify", "a".repeat(MOST / 4 * 3))).statusCode());
        assertEquals(413, send(post("v1/classify", "a".repeat(MOST))).statusCode());
        assertEquals(413, send(post("v1/classify", "image/png", new byte[20_000_000])).statusCode());
        assertEquals(4, log.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("\"status\":413")).count());
    }

    @Test
    void takesWhatLambdaWouldTake() throws Exception {
        start("", "");
        assertEquals(200, send(post("v1/classify", "image/jpeg", new byte[MOST / 4 * 3 - 3_000])).statusCode());
        assertEquals(200, send(post("v1/classify", "a".repeat(MOST / 4 * 3 - 3_000))).statusCode());
    }

    @Test
    void anEnvironmentHasOneRequestAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Environments.Function counting = (event, body) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            pause();
            inside.decrementAndGet();
            return echo(event, body);
        };
        start(new Gateway.Options(0, "", ""), List.of(counting, counting));
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(client.sendAsync(request("").GET().build(), BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            assertEquals(200, answer.get().statusCode());
        }
        assertEquals(2, most.get());
    }

    @Test
    void theFunctionHoldsNoThreadThatConnectionsNeed() throws Exception {
        AtomicBoolean virtual = new AtomicBoolean(true);
        start(new Gateway.Options(0, "", ""), List.of((event, body) -> {
            virtual.set(Thread.currentThread().isVirtual());
            return echo(event, body);
        }));
        assertEquals(200, send(request("").GET()).statusCode());
        assertFalse(virtual.get());
    }

    @Test
    void aFunctionThatThrowsIsABadGateway() throws Exception {
        start(new Gateway.Options(0, "", ""), List.of((event, body) -> {
            throw new IllegalStateException("on purpose");
        }));
        HttpResponse<byte[]> answer = send(request("").GET());
        assertEquals(502, answer.statusCode());
        assertFalse(new String(answer.body(), StandardCharsets.UTF_8).contains("purpose"));
    }

    @Test
    void aHeadHasNoBody() throws Exception {
        start("", "");
        HttpResponse<byte[]> answer = send(request("").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, answer.statusCode());
        assertEquals(0, answer.body().length);
    }

    @Test
    void brokenHttpDoesNotStopIt() throws Exception {
        start("", "");
        for (String garbage : List.of("\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nshort", "GET /%zz HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n", "GET //v1/model HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (java.net.SocketException e) {
                // A reset is an answer to garbage, too; a silence would be a timeout.
            }
        }
        assertEquals(200, send(request("").GET()).statusCode());
    }

    @Test
    void whoComesBeforeTheModelIsToldToWait() throws Exception {
        gateway = new Gateway(new Gateway.Options(0, "", ""), new PrintStream(log, true, StandardCharsets.UTF_8));
        for (HttpRequest.Builder early : List.of(request("v1/health").GET(), post("v1/classify", "{}"))) {
            HttpResponse<byte[]> refused = send(early);
            assertEquals(503, refused.statusCode());
            assertEquals("not-ready", JSON.readTree(refused.body()).path("code").asText());
        }
        gateway.open(new Environments(List.of(GatewayTest::echo)));
        assertEquals(200, send(request("v1/health").GET()).statusCode());
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        start("", "");
        int port = gateway.address().getPort();
        IOException taken = assertThrows(IOException.class,
                () -> new Gateway(new Gateway.Options(port, "", ""), System.out));
        assertEquals("port " + port + " is taken: choose another with --port", taken.getMessage());
    }

    @Test
    void anotherHostsNameIsRefused() throws Exception {
        start("", "");
        int port = gateway.address().getPort();
        for (String host : List.of("127.0.0.1:" + port, "LOCALHOST:" + port, "[::1]:" + port)) {
            assertTrue(status(host).contains(" 200 "), host);
        }
        for (String host : List.of("rebound.example:" + port, "127.0.0.1", "localhost:" + (port + 1),
                "rebound.example")) {
            assertTrue(status(host).contains(" 403 "), host);
        }
        for (String host : List.of("", ":" + port)) {
            assertTrue(status(host).matches("\\S+ 40[03] .*"), host);
        }
    }

    /// At an address of the loopback range that the gateway would not listen at by itself.
    @Test
    void openToTheNetworkItAsksEveryPostForTheKeyAndKnowsItsAddress() throws Exception {
        start(new Gateway.Options(0, "", "s3cret", Reach.at("127.0.0.2", List.of("Beans.Example"))),
                List.of(GatewayTest::echo));
        int port = gateway.address().getPort();
        assertEquals("http://127.0.0.2:" + port + "/", gateway.address().toString());
        assertEquals(200, send(request("").GET()).statusCode());
        for (String path : List.of("v1/classify", "v1/claims", "nothing")) {
            assertEquals(403, send(post(path, "{}")).statusCode(), path);
            assertEquals(200, send(post(path, "{}").header("x-api-key", "s3cret")).statusCode(), path);
        }
        assertTrue(status("beans.example:" + port).contains(" 200 "));
        assertTrue(status("127.0.0.1:" + port).contains(" 403 "));
        assertTrue(status("other.example:" + port).contains(" 403 "));
    }

    @Test
    void atEveryAddressItKnowsAddressesAndNamesWithoutADot() throws Exception {
        start("", "");
        Reach all = Reach.at("0.0.0.0", List.of());
        for (String host : List.of("10.1.2.3:80", "192.168.1.5", "localhost:9", "haricot:8080", "[fe80::1]:8080")) {
            assertTrue(all.knows(host, 8080), host);
        }
        assertFalse(all.knows("rebound.example:8080", 8080));
        assertTrue(Reach.at("0.0.0.0", List.of("beans.example")).knows("beans.example", 8080));
        Failure wrong = assertThrows(Failure.class, () -> Reach.at("no such host", List.of()));
        assertTrue(wrong.getMessage().startsWith("--host is an address of this computer"), wrong.getMessage());
    }

    /// The first line of the answer to a request that gives this host.
    private String status(String host) throws IOException {
        URI at = gateway.address();
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst()
                    .orElse("");
        }
    }

    @Test
    void aPortThatWasAskedForIsFreeAgain() throws Exception {
        start("", "");
        Gateway.Options again = new Gateway.Options(gateway.address().getPort(), "", "");
        gateway.close();
        start(again, List.of(GatewayTest::echo));
        assertEquals(200, send(request("").GET()).statusCode());
    }

    private void start(String stage, String apiKey) throws IOException {
        start(new Gateway.Options(0, stage, apiKey), List.of(GatewayTest::echo));
    }

    private void start(Gateway.Options options, List<Environments.Function> functions) throws IOException {
        gateway = new Gateway(options, new PrintStream(log, true, StandardCharsets.UTF_8));
        gateway.open(new Environments(functions));
    }

    /// The event with its body put in.
    private static Response echo(byte[] event, byte[] body) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(event);
            if (body.length > 0) {
                json.put("body", body);
            }
            return new Response(200, Map.of("Content-Type", "application/json"), json.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path));
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(gateway.address().resolve(path));
    }

    private HttpRequest.Builder post(String path, String json) {
        return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder post(String path, String type, byte[] body) {
        return request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private JsonNode event(HttpRequest.Builder request) throws Exception {
        HttpResponse<byte[]> answer = send(request);
        assertEquals(200, answer.statusCode());
        return JSON.readTree(answer.body());
    }
}
