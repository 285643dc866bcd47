package haricot.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever an event holds, it is read, or it is no HTTP request; and what it holds is a submission or a problem.
class ProxyEventFuzz {
    static Stream<byte[]> events() throws IOException {
        return Seeds.events();
    }

    @MethodSource("events")
    @FuzzTest(maxDuration = "10s")
    void anEventIsARequestOrNone(byte[] event) {
        try {
            Fuzzed.read(ProxyEvent.read(event));
        } catch (NotHttp e) {
            Fuzzed.expected(e);
        }
    }
}
