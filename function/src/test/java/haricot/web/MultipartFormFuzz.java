package haricot.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a form is a submission or a problem.
class MultipartFormFuzz {
    static Stream<byte[]> bodies() throws IOException {
        return Seeds.bodies("multipart/form-data");
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "10s")
    void aFormIsPicturesOrAProblem(byte[] body) {
        Fuzzed.read(body, "multipart/form-data; boundary=----haricot");
    }
}
