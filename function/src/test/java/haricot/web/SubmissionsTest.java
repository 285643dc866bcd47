package haricot.web;

import static haricot.web.Asked.PICTURE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
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
