package haricot.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// A text is base64, and then what the JDK makes of it, or it is not, and the place is within it.
class Base64TextFuzz {
    static Stream<byte[]> texts() {
        return Stream.of("QUJD", "QUI=", "QQ==", "-_-_", "+/+/\r\nQUJD")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "10s")
    void aTextIsBase64OrNot(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            byte[] decoded = Base64Text.decode(Span.of(text), 0);
            String plain = text.replaceAll("[ \t\r\n]", "").replace('-', '+').replace('_', '/');
            assertArrayEquals(Base64.getDecoder().decode(plain), decoded);
        } catch (Base64Text.Malformed e) {
            assertTrue(e.position() >= 0 && e.position() <= text.length());
        }
    }
}
