package haricot.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What must hold for every request, however it came about.
final class Fuzzed {
    private Fuzzed() {}

    static void read(byte[] body, String type) {
        read(new Request("POST", "/v1/classify", Map.of(), Map.of("content-type", type), new Request.Binary(body), "",
                "", ""));
    }

    /// Reading ends in pictures, or in a problem that is the caller's and can be sent.
    static void read(Request request) {
        try {
            assertNotNull(Submissions.read(request, 3));
        } catch (Problem problem) {
            assertTrue(problem.code().status() < 500);
            byte[] sent = ProxyEvent.write(Problems.response(problem, "id"));
            // A detail may quote the caller, who may write any word: that nothing of ours leaks is for other tests.
            assertTrue(new String(sent, StandardCharsets.UTF_8).contains(problem.code().word()));
        }
    }

    static void expected(NotHttp e) {
        assertFalse(e.getMessage().isEmpty());
    }
}
