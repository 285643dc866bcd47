package haricot.web;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Base64 as callers write it: the standard or the URL-safe alphabet, padded or not, with
/// or without line breaks. The JDK's decoders take one of these at a time and do not say
/// where a text is wrong. What most callers send is decoded by them, in place and ten times as fast.
final class Base64Text {
    /// What to do with a character: the byte it becomes, or one of these two.
    private static final byte REFUSE = 0;
    private static final byte SKIP = 1;

    /// Characters that the JDK decodes at a time. It uses the processor's instructions for it after some thousand calls,
    /// which pictures in one piece would not reach in a rehearsal.
    private static final int PIECE = 8192;

    private static final byte[] MEANING = meaning();

    private Base64Text() {}

    /// A text that is not base64.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final int position;

        Malformed(int position) {
            super("not base64 at " + position);
            this.position = position;
        }

        /// Of the first character that does not fit, from 0; the length of the text where
        /// characters are missing at its end.
        int position() {
            return position;
        }
    }

    /// @param from where in the text's bytes the base64 begins
    /// @throws Malformed with the place, counted from the beginning of the text
    static byte[] decode(Span text, int from) throws Malformed {
        Optional<byte[]> usual = usual(text, from);
        return usual.isPresent() ? usual.get() : decodeOther(text, from);
    }

    /// What most callers send: the standard alphabet without anything between. Empty where it is another variant, or no
    /// base64 at all.
    static Optional<byte[]> usual(Span text, int from) {
        try {
            return Optional.of(decodeUsual(text, from));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static byte[] decodeUsual(Span text, int from) {
        int characters = text.to() - from;
        while (characters > 0 && text.bytes()[from + characters - 1] == '=') {
            characters--;
        }
        byte[] decoded = new byte[(int) (3L * characters / 4)];
        for (int i = from, length = 0; i < text.to(); i += PIECE) {
            ByteBuffer piece = Base64.getDecoder()
                    .decode(ByteBuffer.wrap(text.bytes(), i, Math.min(PIECE, text.to() - i)));
            int expected = Math.min(PIECE / 4 * 3, decoded.length - length);
            // Less is in a piece that has padding in its middle.
            piece.get(decoded, length, expected);
            length += expected;
        }
        return decoded;
    }

    private static byte[] decodeOther(Span text, int from) throws Malformed {
        byte[] plain = new byte[text.to() - from];
        int length = 0;
        int padding = 0;
        for (int i = from; i < text.to(); i++) {
            byte c = text.bytes()[i];
            byte meaning = c >= 0 ? MEANING[c] : REFUSE;
            if (meaning == SKIP) {
                continue;
            }
            boolean pads = c == '=';
            if (meaning == REFUSE || padding > 0 && !pads || pads && (length % 4 < 2 || padding == 4 - length % 4)) {
                throw new Malformed(i - text.from());
            }
            if (pads) {
                padding++;
            } else {
                plain[length++] = meaning;
            }
        }
        if (length % 4 == 1 || padding > 0 && length % 4 + padding != 4) {
            throw new Malformed(text.length());
        }
        return Base64.getDecoder().decode(length == plain.length ? plain : Arrays.copyOf(plain, length));
    }

    private static byte[] meaning() {
        byte[] meaning = new byte[128];
        for (char c = '0'; c <= 'z'; c++) {
            meaning[c] = Character.isLetterOrDigit(c) ? (byte) c : REFUSE;
        }
        meaning['+'] = meaning['-'] = '+';
        meaning['/'] = meaning['_'] = '/';
        meaning['='] = '=';
        meaning[' '] = meaning['\t'] = meaning['\r'] = meaning['\n'] = SKIP;
        return meaning;
    }
}
