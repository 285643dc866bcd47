package haricot.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// One-line requests and checks for the tests of what callers send.
final class Asked {
    static final int LABELS = 3;

    /// Bytes that begin like a JPEG. What they show is not this package's concern.
    static final byte[] PICTURE = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 1, 2, 3, '{', '\r', '\n', '-', '-'};
    static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);

    private Asked() {}

    static Submission read(byte[] body, String type, Map<String, String> query) {
        return Submissions.read(new Request("POST", "/v1/classify", query, Map.of("content-type", type),
                new Request.Binary(body), "", "", ""), LABELS);
    }

    static Submission readText(byte[] body, String type) {
        return Submissions.read(new Request("POST", "/v1/classify", Map.of(), Map.of("content-type", type),
                new Request.Text(body), "", "", ""), LABELS);
    }

    /// @param json with single quotes for double ones
    static Submission json(String json) {
        return read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "application/json", Map.of());
    }

    static void refuses(Code code, String pointer, String detail, String json) {
        same(code, pointer, detail, assertThrows(Problem.class, () -> json(json)));
    }

    static void refusesInPlace(Code code, String pointer, String detail, String place) {
        Submission.Batch batch = (Submission.Batch) json(
                "{'images':['" + BASE64 + "'," + place + ",'" + BASE64 + "']}");
        assertEquals(3, batch.entries().size(), place);
        same(code, pointer, detail, ((Submission.Unreadable) batch.entries().get(1)).problem());
    }

    static void same(Code code, String pointer, String detail, Problem problem) {
        assertEquals(code + " " + pointer + " " + detail,
                problem.code() + " " + problem.pointer() + " " + problem.detail());
    }

    /// A single picture, as text that can be compared.
    static String single(Submission submission) {
        return item(((Submission.Single) submission).item());
    }

    static String item(Submission.Entry entry) {
        return switch (entry) {
            case Submission.Item(byte[] bytes, String pointer, String clientId, int topK) ->
                (Arrays.equals(bytes, PICTURE) ? "picture" : new String(bytes, StandardCharsets.ISO_8859_1)) + "|"
                        + pointer + "|" + clientId + "|" + topK;
            case Submission.Unreadable(Problem problem, String clientId) -> problem.code() + "|" + clientId;
        };
    }

    static String batch(Submission submission) {
        return String.join(" ", ((Submission.Batch) submission).entries().stream().map(Asked::item).toList());
    }
}
