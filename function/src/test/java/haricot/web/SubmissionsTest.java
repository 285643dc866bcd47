package haricot.web;

import static haricot.web.Asked.PICTURE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SubmissionsTest {
    private static final String LOST = "The body came as text, and a picture loses bytes that way. Send it with "
            + "Content-Type image/jpeg, image/png, image/webp or application/octet-stream, "
            + "as multipart/form-data, or as base64 in JSON.";

    @Test
    void theBytesDecideWhateverTheContentType() {
        for (String type : new String[]{"", "image/jpeg", "image/png", "application/octet-stream",
                "application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/mixed", "nonsense"}) {
            assertEquals("picture|||0", Asked.single(Asked.read(PICTURE, type, Map.of())), type);
            assertEquals("ABC|/image||0", Asked.single(Asked.read(utf8("{\"image\":\"QUJD\"}"), type, Map.of())), type);
        }
    }

    @Test
    void textIsJsonOrLeftToTheDecoder() {
        assertEquals("ABC|/image||0", Asked.single(Asked.readText(utf8("{\"image\":\"QUJD\"}"), "")));
        assertEquals("<svg/>|||0", Asked.single(Asked.readText(utf8("<svg/>"), "image/svg+xml")));
        assertEquals("hello|||0", Asked.single(Asked.read(utf8("hello"), "", Map.of())));
    }

    @Test
    void aPictureThatCameAsTextHasLostBytes() {
        String replaced = new String(PICTURE, StandardCharsets.UTF_8);
        Asked.same(Code.BINARY_AS_TEXT, "", LOST, problem(new Request.Text(utf8(replaced)), "image/jpeg"));
        String latin1 = new String(PICTURE, StandardCharsets.ISO_8859_1);
        Asked.same(Code.BINARY_AS_TEXT, "", LOST, problem(new Request.Text(utf8(latin1)), "application/json"));
        Asked.same(Code.BINARY_AS_TEXT, "", LOST,
                problem(new Request.Text(utf8("--b\r\n\r\n" + replaced)), "multipart/form-data; boundary=b"));
    }

    @Test
    void whatCurlsDataOptionLeavesOfAPictureIsToldHowToSendIt() throws IOException {
        String lost = "The picture has lost its line ends and zero bytes, as with curl -d: send it with curl --data-binary @FILE.";
        for (String kind : new String[]{"jpg", "png"}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BufferedImage image = new BufferedImage(90, 70, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 90 * 70; i++) {
                image.setRGB(i % 90, i / 90, i * 2_654_435);
            }
            ImageIO.write(image, kind, out);
            byte[] whole = out.toByteArray();
            byte[] stripped = new String(whole, StandardCharsets.ISO_8859_1).replaceAll("[\0\r\n]", "")
                    .getBytes(StandardCharsets.ISO_8859_1);
            Asked.same(Code.BINARY_AS_TEXT, "", lost,
                    problem(new Request.Binary(stripped), "application/x-www-form-urlencoded"));
            Asked.read(whole, "application/x-www-form-urlencoded", Map.of());
        }
    }

    @Test
    void aParameterThatIsNearlyOursIsNamedAndOthersAreIgnored() {
        for (String name : new String[]{"topk", "top_k", "TopK", "tpoK"}) {
            Asked.same(Code.INVALID_PARAMETER, "", "There is no parameter '" + name + "': did you mean topK?",
                    assertThrows(Problem.class, () -> Asked.read(PICTURE, "", Map.of(name, "1"))));
        }
        for (String name : new String[]{"clientID", "client_id", "clientld"}) {
            Asked.same(Code.INVALID_PARAMETER, "", "There is no parameter '" + name + "': did you mean clientId?",
                    assertThrows(Problem.class, () -> Asked.read(PICTURE, "", Map.of(name, "1"))));
        }
        for (String name : new String[]{"utm_source", "v", "token", "callerId", "id"}) {
            assertEquals("picture|||0", Asked.single(Asked.read(PICTURE, "", Map.of(name, "1"))), name);
        }
    }

    @Test
    void whatAClientPackedIsUnpacked() throws IOException {
        for (String header : new String[]{"gzip", "x-gzip", " GZIP "}) {
            assertEquals("picture|||0", Asked.single(encoded(header, gzip(PICTURE))), header);
        }
        assertEquals("picture|||0", Asked.single(encoded("deflate", deflated(PICTURE))));
        assertEquals("picture|||0", Asked.single(encoded("identity", PICTURE)));
        assertEquals("ABC|/image||0", Asked.single(encoded("gzip", gzip(utf8("{\"image\":\"QUJD\"}")))));
    }

    @Test
    void whatCannotBeUnpackedIsNamedWithItsHeader() throws IOException {
        Asked.same(Code.UNSUPPORTED_FORMAT, "", "Content-Encoding 'br' is not undone here: send gzip, deflate, "
                + "or the body as it is without the header.",
                assertThrows(Problem.class, () -> encoded("br", PICTURE)));
        Asked.same(Code.UNDECODABLE, "", "Content-Encoding says 'gzip', and the body is not that.",
                assertThrows(Problem.class, () -> encoded("gzip", PICTURE)));
        byte[] half = Arrays.copyOf(gzip(PICTURE), 20);
        assertEquals(Code.TRUNCATED, assertThrows(Problem.class, () -> encoded("gzip", half)).code());
        assertEquals(Code.BINARY_AS_TEXT, assertThrows(Problem.class, () -> Submissions.read(new Request("POST", "/",
                Map.of(), Map.of("content-encoding", "gzip"), new Request.Text(utf8("\u001f\ufffd\b")), "", "", ""), 3))
                .code());
    }

    @Test
    void aBombIsRefusedWhenItGrowsTooLarge() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                out.write(zeros);
            }
        }
        Problem problem = assertThrows(Problem.class, () -> encoded("gzip", bomb.toByteArray()));
        assertEquals(Code.TOO_LARGE, problem.code());
        assertTrue(problem.detail().startsWith("Unpacked, the body is too large. "), problem.detail());
    }

    @Test
    void aPictureInAWrongWrappingIsTold() {
        String leaf = base64OfAPicture(3_000);
        says("written as base64", leaf);
        says("a data: URL", "data:image/jpeg;base64," + leaf);
        says("a form with the picture as base64 in the field 'image'",
                "image=" + leaf.replace("/", "%2F").replace("+", "%2B"));
        says("encoded twice. Send the object itself", "\"{\\\"image\\\":\\\"" + leaf + "\\\"}\"");
        says("a JSON string alone", '"' + leaf + '"');
    }

    @Test
    void aFieldInAWrongWrappingIsTold() {
        String leaf = base64OfAPicture(3_000);
        saysOfField("JSON inside a JSON string", "{\\\"image\\\":\\\"" + leaf + "\\\"}");
        saysOfField("encoded twice", Base64.getEncoder().encodeToString(utf8(leaf)));
        saysOfField("encoded twice", Base64.getEncoder().encodeToString(utf8("data:image/jpeg;base64," + leaf)));
        saysOfField("what Python prints for bytes", "b'" + leaf + "'");
        saysOfField("percent-encoded", leaf.replace("/", "%2F").replace("+", "%2B"));
        saysOfField("Each + has become a space", leaf.replace('+', ' '));
    }

    @Test
    void linesOfBase64MayBeBrokenBySpaces() {
        String leaf = base64OfAPicture(3_000).replace('+', '0');
        String broken = leaf.replaceAll("(.{64})", "$1 ");
        Asked.read(utf8("{\"image\":\"" + broken + "\"}"), "application/json", Map.of());
    }

    private static void says(String what, String body) {
        for (String type : new String[]{"", "text/plain", "application/json", "application/x-www-form-urlencoded"}) {
            Problem problem = assertThrows(Problem.class, () -> Asked.read(utf8(body), type, Map.of()));
            assertTrue(problem.detail().contains(what), problem.detail());
        }
    }

    private static void saysOfField(String what, String image) {
        Problem problem = assertThrows(Problem.class,
                () -> Asked.read(utf8("{\"image\":\"" + image + "\"}"), "application/json", Map.of()));
        assertEquals(Code.BAD_BASE64 + " /image", problem.code() + " " + problem.pointer());
        assertTrue(problem.detail().contains(what), problem.detail());
    }

    /// Begins like a JPEG, and has both of the signs that get lost.
    private static String base64OfAPicture(int bytes) {
        byte[] picture = new byte[bytes];
        new Random(5).nextBytes(picture);
        System.arraycopy(PICTURE, 0, picture, 0, 3);
        picture[3] = (byte) 0xe0;
        return Base64.getEncoder().encodeToString(picture);
    }

    private static Submission encoded(String header, byte[] body) {
        return Submissions.read(new Request("POST", "/v1/classify", Map.of(), Map.of("content-encoding", header),
                new Request.Binary(body), "", "", ""), 3);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] deflated(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void nothingWasSent() {
        String empty = "The body is empty. Send a picture: JPEG, PNG or WebP.";
        for (String body : new String[]{"", " \r\n\t", "\uFEFF\n"}) {
            Asked.same(Code.EMPTY_BODY, "", empty, problem(new Request.Binary(utf8(body)), "multipart/form-data"));
            Asked.same(Code.EMPTY_BODY, "", empty, problem(new Request.Text(utf8(body)), "application/json"));
        }
    }

    @Test
    void anEventThatIsNoBase64() {
        Asked.same(Code.BAD_BASE64, "",
                "The event says that its body is base64, but character 7 of it (from 0) is not.",
                problem(new Request.NotBase64(7), "image/png"));
    }

    @Test
    void jsonMustBeUtf8() {
        byte[] utf32 = {'{', 0, 0, 0, '"', 0, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F};
        assertEquals(Code.MALFORMED_JSON, problem(new Request.Binary(utf32), "application/json").code());
        byte[] mixed = {'{', 0, 0, '{'};
        assertEquals(Code.MALFORMED_JSON, problem(new Request.Binary(mixed), "application/json").code());
        for (String bytes : new String[]{"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f0\u009f\u0098",
                "\u00c3"}) {
            byte[] body = ("{\"clientId\":\"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            Asked.same(Code.MALFORMED_JSON, "", "The body is not valid UTF-8, which JSON must be.",
                    problem(new Request.Binary(body), "application/json"));
        }
    }

    @Test
    void optionsStandInTheQueryOfEveryForm() {
        Map<String, String> query = Map.of("topK", "2", "clientId", "Beet 7/ä", "v", "x");
        assertEquals("picture||Beet 7/ä|2", Asked.single(Asked.read(PICTURE, "image/jpeg", query)));
        assertEquals("ABC|/image|Beet 7/ä|2",
                Asked.single(Asked.read(utf8("{\"image\":\"QUJD\"}"), "application/json", query)));
        assertEquals("ABC|/image|own|1", Asked.single(Asked
                .read(utf8("{\"image\":\"QUJD\",\"topK\":1,\"clientId\":\"own\"}"), "application/json", query)));
    }

    @Test
    void optionsInTheQueryAreChecked() {
        for (String topK : new String[]{"", "0", "4", "-1", "+1", " 1", "1.0", "0x1", "٣", "2147483649", "%zz"}) {
            Problem problem = assertThrows(Problem.class, () -> Asked.read(PICTURE, "", Map.of("topK", topK)), topK);
            Asked.same(Code.INVALID_PARAMETER, "",
                    "topK must be a whole number from 1 to 3, the number of labels, but is '" + topK + "'.", problem);
        }
        Asked.same(Code.INVALID_PARAMETER, "", "clientId may have at most 128 characters, but has 129.",
                assertThrows(Problem.class, () -> Asked.read(PICTURE, "", Map.of("clientId", "x".repeat(129)))));
    }

    @Test
    void whatNoEventCouldCarryIsTooLarge() {
        Asked.same(Code.TOO_LARGE, "", Limits.IN_WORDS, problem(new Request.Binary(new byte[4_718_668]), ""));
        Asked.same(Code.TOO_LARGE, "", Limits.IN_WORDS, problem(new Request.Text(new byte[6_291_557]), ""));
        byte[] largest = new byte[4_718_667];
        assertEquals(largest, ((Submission.Single) Asked.read(largest, "", Map.of())).item().bytes());
    }

    private static Problem problem(Request.Body body, String type) {
        Request request = new Request("POST", "/v1/classify", Map.of(), Map.of("content-type", type), body, "", "", "");
        return assertThrows(Problem.class, () -> Submissions.read(request, Asked.LABELS));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
