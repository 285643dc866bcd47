package haricot.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// UTF-8 text where it lies in a larger array: a picture in base64 is megabytes, which are read in place.
///
/// @param from its first byte
/// @param to behind its last
record Span(byte[] bytes, int from, int to) {
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
    static final Span EMPTY = new Span(new byte[0], 0, 0);

    /// Half of a character, which escapes in JSON can spell, becomes the replacement character.
    static Span of(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().replaceWith(REPLACEMENT)
                    .onMalformedInput(CodingErrorAction.REPLACE).encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return new Span(encoded, 0, encoded.length);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("cannot be: what is malformed is replaced", e);
        }
    }

    int length() {
        return to - from;
    }

    /// Its bytes in an array of their own.
    byte[] alone() {
        return length() == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
    }

    /// The text of the bytes from a place on, at most so many.
    String text(int start, int most, Charset charset) {
        return new String(bytes, start, Math.min(most, to - start), charset);
    }
}
