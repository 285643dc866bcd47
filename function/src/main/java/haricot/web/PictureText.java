package haricot.web;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A picture inside JSON: base64, or a `data:` URL of it.
final class PictureText {
    private static final Pattern DATA = Pattern.compile("data:[^,]{0,200}?;base64,", Pattern.CASE_INSENSITIVE);

    /// At least two letters, so that a Windows path is bad base64 rather than a URL.
    private static final Pattern ADDRESS = Pattern.compile("(?!data:)[a-z][a-z0-9+.-]{1,20}:",
            Pattern.CASE_INSENSITIVE);

    /// More than either pattern can take.
    private static final int HEAD = 256;

    private PictureText() {}

    /// @throws Problem `bad-base64`, `image-url`, or `missing-image` when nothing is in it
    static byte[] decode(Span text, String pointer) {
        int start = text.from();
        while (start < text.to() && Bytes.isWhite(text.bytes()[start])) {
            start++;
        }
        String head = text.text(start, HEAD, StandardCharsets.ISO_8859_1);
        if (ADDRESS.matcher(head).lookingAt()) {
            throw new Problem(Code.IMAGE_URL, pointer,
                    "This is an address, and nothing that a caller names is fetched. "
                            + "Send the picture itself, as base64.");
        }
        var data = DATA.matcher(head);
        byte[] bytes = decode(text, data.lookingAt() ? start + data.end() : start, pointer);
        TwiceEncoded.decoded(bytes).ifPresent(what -> {
            throw new Problem(Code.BAD_BASE64, pointer, what);
        });
        if (bytes.length == 0) {
            throw new Problem(Code.MISSING_IMAGE, pointer, "The picture is an empty string. Send its bytes as base64.");
        }
        return bytes;
    }

    private static byte[] decode(Span text, int from, String pointer) {
        return Base64Text.usual(text, from).orElseGet(() -> decodeOther(text, from, pointer));
    }

    private static byte[] decodeOther(Span text, int from, String pointer) {
        String all = text.text(text.from(), text.length(), StandardCharsets.UTF_8);
        if (TwiceEncoded.lostPlus(all)) {
            throw new Problem(Code.BAD_BASE64, pointer,
                    "Each + has become a space on the way, as in a form that was undone: send the base64 as it was made.");
        }
        try {
            return Base64Text.decode(text, from);
        } catch (Base64Text.Malformed e) {
            TwiceEncoded.notBase64(all).ifPresent(what -> {
                throw new Problem(Code.BAD_BASE64, pointer, what);
            });
            int position = e.position();
            String what = position == text.length()
                    ? "it ends in the middle of a group, at character " + position
                    : "character " + position + " is "
                            + Quote.of(Character.toString(character(text, position)));
            throw new Problem(Code.BAD_BASE64, pointer, "This is not base64: " + what + " (counted from 0).");
        }
    }

    /// All before it are letters and the like, of a byte each.
    private static int character(Span text, int position) {
        return text.text(text.from() + position, 4, StandardCharsets.UTF_8).codePointAt(0);
    }
}
