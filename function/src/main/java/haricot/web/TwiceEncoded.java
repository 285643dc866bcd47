package haricot.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names what went wrong with a text that should be a picture: pictures are often encoded once too often, or one step
/// too few undone.
final class TwiceEncoded {
    private static final String AS_IT_IS = "Send its bytes as they are (curl --data-binary @photo.jpg), or this text in "
            + "JSON: {\"image\": \"…\"}.";
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,64}=.*", Pattern.DOTALL);
    private static final Pattern PERCENT_ENCODED = Pattern.compile("[A-Za-z0-9+/=_%-]*");
    private static final Pattern OCTET = Pattern.compile("%[0-9A-Fa-f]{2}");
    /// How JPEG, PNG and WebP begin, in base64.
    private static final List<String> BEGINNINGS = List.of("/9j/", "_9j_", "iVBORw0KGgo", "UklGR");
    /// So much base64 without a single + is rarer than one in a million.
    private static final int LONG = 1_000;
    private static final int LOOKED_AT = 4_096;

    private TwiceEncoded() {}

    /// What a whole body of text is, if it is a picture in a wrong wrapping.
    static Optional<String> body(byte[] bytes, int start) {
        String text = new String(bytes, start, Math.min(bytes.length - start, LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (text.startsWith("\"")) {
            return Optional.of(text.startsWith("\"{") || text.startsWith("\"[")
                    ? "This is JSON inside a JSON string: it was encoded twice. Send the object itself."
                    : "This is a JSON string alone. Send an object: {\"image\": \"…\"}.");
        }
        if (text.regionMatches(true, 0, "data:", 0, 5)) {
            return Optional.of("This is a data: URL. " + AS_IT_IS);
        }
        if (isPicture(text)) {
            return Optional.of("This is a picture written as base64. " + AS_IT_IS);
        }
        if (FIELD.matcher(text).matches() && isPicture(OCTET.matcher(text.substring(text.indexOf('=') + 1))
                .replaceAll(found -> octet(found.group())).replaceFirst("(?i)^data:[^,]*,", ""))) {
            return Optional.of("This is a form with the picture as base64 in the field "
                    + Quote.of(text.substring(0, text.indexOf('='))) + ". Send it as a file in multipart/form-data "
                    + "(curl -F image=@photo.jpg), or as JSON: {\"image\": \"…\"}.");
        }
        return Optional.empty();
    }

    /// What a text is that is no base64.
    static Optional<String> notBase64(String text) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[") || start.startsWith("\"")) {
            return Optional.of("This is JSON inside a JSON string: send the base64 alone.");
        }
        if (start.startsWith("b'") || start.startsWith("b\"")) {
            return Optional.of("This is what Python prints for bytes: use base64.b64encode(…).decode().");
        }
        return OCTET.matcher(text).find() && PERCENT_ENCODED.matcher(text).matches()
                ? Optional.of("This is percent-encoded: undo that, and send the base64 itself.")
                : Optional.empty();
    }

    /// What bytes are that came out of base64, if they are still not a picture's.
    static Optional<String> decoded(byte[] decoded) {
        String plain = new String(decoded, 0, Math.min(decoded.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (isPicture(plain) || plain.regionMatches(true, 0, "data:image", 0, 10)) {
            return Optional.of("This is base64 of base64: it was encoded twice.");
        }
        return Optional.empty();
    }

    /// Whether each `+` has become a space, as it does where a form is undone that nobody had made. Spaces at equal
    /// distances break lines and mean nothing.
    static boolean lostPlus(String text) {
        if (text.length() < LONG || text.indexOf('+') >= 0 || text.indexOf('-') >= 0) {
            return false;
        }
        String stripped = text.strip();
        int first = stripped.indexOf(' ');
        int second = first < 0 ? -1 : stripped.indexOf(' ', first + 1);
        int third = second < 0 ? -1 : stripped.indexOf(' ', second + 1);
        return third >= 0 && (second - first != first + 1 || third - second != second - first);
    }

    private static boolean isPicture(String text) {
        return text.length() > LOOKED_AT / 64 && BEGINNINGS.stream().anyMatch(text::startsWith)
                && text.chars().allMatch(c -> c > ' ' && c < 0x7F || Character.isWhitespace(c));
    }

    private static String octet(String percent) {
        String octet = Character.toString(Integer.parseInt(percent.substring(1), 16));
        return octet.equals("\\") || octet.equals("$") ? "\\" + octet : octet;
    }
}
