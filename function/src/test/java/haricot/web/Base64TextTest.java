package haricot.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Base64TextTest {
    @Test
    void everyVariantDecodesAsTheJdkEncodesIt() {
        Random random = new Random(1);
        for (int length : IntStream.concat(IntStream.range(0, 200), IntStream.range(6100, 6200)).toArray()) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            decodes(bytes, Base64.getEncoder().encodeToString(bytes));
            decodes(bytes, Base64.getEncoder().withoutPadding().encodeToString(bytes));
            decodes(bytes, Base64.getUrlEncoder().encodeToString(bytes));
            decodes(bytes, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            decodes(bytes, Base64.getMimeEncoder().encodeToString(bytes));
            decodes(bytes, " \t" + Base64.getMimeEncoder(4, new byte[]{'\n'}).encodeToString(bytes) + "\r\n");
        }
    }

    @Test
    void theFirstCharacterThatDoesNotFitIsNamed() {
        failsAt(0, "*");
        failsAt(2, "QU!D");
        failsAt(4, "QUJD.jpg");
        failsAt(4, "QUJD=");
        failsAt(1, "Q=");
        failsAt(3, "QU=D");
        failsAt(4, "QU==QUJD");
        failsAt(4, "QUI==");
        failsAt(8192, "A".repeat(8190) + "==" + "QUJD");
        failsAt(9000, "A".repeat(9000) + "*");
        failsAt(3, "QUJ\u0000");
        failsAt(3, "QUJ\u00fc");
        failsAt(3, "QUJ\uD83D\uDE00");
    }

    @Test
    void aGroupThatIsCutOffIsNamedAtTheEnd() {
        failsAt(1, "Q");
        failsAt(5, "QUJDQ");
        failsAt(3, "QU=");
    }

    @Test
    void positionsCountFromTheBeginningOfTheText() throws Base64Text.Malformed {
        assertArrayEquals(new byte[]{'A', 'B', 'C'}, Base64Text.decode(Span.of("data:;base64,QUJD"), 13));
        assertEquals(14,
                assertThrows(Base64Text.Malformed.class, () -> Base64Text.decode(Span.of("data:;base64,Q?JD"), 13))
                        .position());
    }

    private static void decodes(byte[] expected, String text) {
        try {
            assertArrayEquals(expected, Base64Text.decode(Span.of(text), 0), text);
        } catch (Base64Text.Malformed e) {
            throw new AssertionError(text, e);
        }
    }

    private static void failsAt(int position, String text) {
        assertEquals(position,
                assertThrows(Base64Text.Malformed.class, () -> Base64Text.decode(Span.of(text), 0)).position(),
                text);
    }
}
