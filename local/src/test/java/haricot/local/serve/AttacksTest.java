package haricot.local.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What people send who mean no good, and what chance makes of what they mean well: every answer comes within five
/// seconds, is none of 500 and up, and shows nothing of the inside.
@ExtendWith(SharedLaptop.class)
class AttacksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static Laptop laptop;

    @BeforeAll
    static void take(Laptop shared) {
        laptop = shared;
    }

    @Test
    void hugePicturesAreRefusedByTheirHeaders() throws IOException, InterruptedException {
        refused(422, "too-many-pixels", "image/png", png(30_000, 30_000, new byte[0]));
        refused(422, "too-many-pixels", "image/jpeg", jpeg(65_535, 65_535));
    }

    @Test
    void aBombInATextChunkIsNotInflated() throws IOException, InterruptedException {
        byte[] bomb = deflated(new byte[50_000_000]);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
        text.writeBytes(bomb);
        HttpResponse<String> answer = post("image/png", png(64, 64, chunk("zTXt", text.toByteArray())));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @Test
    void bracketsAndLayersAreCheap() throws IOException, InterruptedException {
        refused(400, "malformed-json", "application/json", text("{\"images\":[" + "[".repeat(100_000)));
        refused(400, "invalid-field", "application/json", text("{\"image\":" + "[".repeat(100_000)));
        refused(400, "unknown-field", "application/json", text("{\"a\":".repeat(100_000)));
        refused(400, "malformed-json", "application/json", text("{\"topK\":" + "9".repeat(1_000_000)));
        refused(415, "unsupported-format", "multipart/form-data; boundary=l199", layers(200));
    }

    @Test
    void oddTextsAreRefusedWithoutHarm() throws IOException, InterruptedException {
        refused(400, "invalid-field", "application/json", text("{\"clientId\":\"\\ud800\"}"));
        refused(400, "invalid-field", "application/json", text("{\"clientId\":\"\\u0000\"}"));
        refused(400, "invalid-field", "application/json", text("{\"topK\":1e400}"));
        refused(400, "unknown-field", "application/json", text("{\"__proto__\":{}}"));
        refused(400, "image-url", "application/json", text("{\"image\":\"http://169.254.169.254/latest\"}"));
        refused(400, "malformed-multipart", "multipart/form-data; boundary=\"\u00ff\"", text("--x"));
        refused(400, "malformed-multipart", "multipart/form-data; boundary=x; filename*=utf-8''%zz", text("--y"));
        refused(415, "unsupported-format", "text/html", text("<script>alert(1)</script>"));
    }

    /// `-Dmutations=10000` sends so many. The seed is fixed, so that what fails fails again.
    @Test
    void damagedRequestsAreAnsweredEachInTime() throws IOException, InterruptedException {
        Random random = new Random(20_26);
        List<Sent> seeds = seeds();
        int count = Integer.getInteger("mutations", 1000);
        long before = -1;
        for (int i = 0; i < count; i++) {
            Sent seed = seeds.get(random.nextInt(seeds.size()));
            Sent sent = new Sent(seed.name, seed.type, mutated(seed.body, random));
            check(sent.name + " #" + i, post(sent.type, sent.body));
            if (i == count / 4) {
                before = used();
            }
        }
        long grown = used() - before;
        assertTrue(grown < 32L << 20, "memory grew by " + grown + " bytes");
    }

    private record Sent(String name, String type, byte[] body) {}

    /// The bodies of all events, with their content types.
    private static List<Sent> seeds() throws IOException {
        Path events = Path.of(System.getProperty("haricot.events"));
        List<Sent> seeds = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : JSON.readTree(Files.readString(events.resolve("expected.json")))
                .properties()) {
            JsonNode event = JSON.readTree(Files.readString(events.resolve(one.getKey() + ".json")));
            String body = event.path("body").asText("");
            if (event.path("httpMethod").asText("").equals("POST") && !body.isEmpty()) {
                byte[] bytes = event.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : text(body);
                seeds.add(new Sent(one.getKey(), event.path("headers").path("Content-Type").asText(), bytes));
            }
        }
        return seeds;
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] body = original.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(Math.min(body.length, random.nextBoolean() ? 200 : body.length));
            switch (random.nextInt(4)) {
                case 0 -> body[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> body[at] = (byte) random.nextInt(256);
                case 2 -> body[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
                default -> System.arraycopy(original, random.nextInt(original.length - at), body, at, 1);
            }
        }
        return random.nextInt(5) == 0 ? java.util.Arrays.copyOf(body, 1 + random.nextInt(body.length)) : body;
    }

    private static void refused(int status, String code, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(type, body);
        check(code, answer);
        assertEquals(status + " " + code, answer.statusCode() + " " + Laptop.json(answer).path("code").asText(),
                answer.body());
    }

    private static HttpResponse<String> post(String type, byte[] body) throws IOException, InterruptedException {
        return laptop.send(laptop.request("v1/classify").timeout(PATIENCE).header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static void check(String what, HttpResponse<String> answer) {
        assertTrue(answer.statusCode() < 500, what + ": " + answer.statusCode() + " " + answer.body());
        Leaks.none(what, answer.body());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] layers(int depth) {
        String inner = "x";
        for (int i = 0; i < depth; i++) {
            inner = "--l" + i
                    + "\r\nContent-Disposition: form-data; name=f; filename=f\r\nContent-Type: multipart/mixed; "
                    + "boundary=l" + (i - 1) + "\r\n\r\n" + inner + "\r\n--l" + i + "--\r\n";
        }
        return text(inner);
    }

    private static byte[] png(int width, int height, byte[] extra) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array()));
        out.writeBytes(extra);
        out.writeBytes(
                chunk("IDAT", deflated(new byte[Math.min(width * height, 1 << 16) + Math.min(height, 1 << 12)])));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    private static byte[] chunk(String kind, byte[] content) {
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(content.length + 12).putInt(content.length).put(name).put(content)
                .putInt((int) crc.getValue()).array();
    }

    private static byte[] deflated(byte[] content) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(content);
            deflater.finish();
            byte[] out = new byte[content.length / 900 + 1000];
            return java.util.Arrays.copyOf(out, deflater.deflate(out));
        }
    }

    /// The start of image, a baseline frame of this size, and a scan that ends at once.
    private static byte[] jpeg(int width, int height) {
        return ByteBuffer.allocate(2 + 13 + 10 + 2).putShort((short) 0xFFD8).putShort((short) 0xFFC0)
                .putShort((short) 11)
                .put((byte) 8).putShort((short) height).putShort((short) width).put(new byte[]{1, 1, 0x11, 0})
                .putShort((short) 0xFFDA).putShort((short) 8).put(new byte[]{1, 1, 0, 0, 63, 0})
                .putShort((short) 0xFFD9).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
