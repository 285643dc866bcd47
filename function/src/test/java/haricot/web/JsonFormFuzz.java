package haricot.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in JSON is a submission or a problem.
class JsonFormFuzz {
    static Stream<byte[]> bodies() throws IOException {
        return Seeds.bodies("application/json");
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "10s")
    void jsonIsPicturesOrAProblem(byte[] body) {
        Fuzzed.read(body, "application/json");
    }
}
