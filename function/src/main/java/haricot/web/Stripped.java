package haricot.web;

import java.nio.charset.StandardCharsets;

/// Pictures that have lost every line end and zero byte on the way, as `curl -d @photo.jpg` sends them.
final class Stripped {
    /// Less is no picture, whatever happened to it.
    private static final int SMALLEST = 64;

    private Stripped() {}

    /// @throws Problem `binary-as-text` where that happened: every JPEG has zero bytes in its headers, every WebP in its
    ///     sizes, and a PNG begins with line ends
    static void refuse(byte[] body) {
        String start = new String(body, 0, Math.min(12, body.length), StandardCharsets.ISO_8859_1);
        boolean picture = start.startsWith("\u00ff\u00d8\u00ff") || start.startsWith("\u0089PNG")
                || start.startsWith("RIFF");
        if (picture && body.length >= SMALLEST && keepsNone(body)) {
            throw new Problem(Code.BINARY_AS_TEXT, "The picture has lost its line ends and zero bytes, as with curl -d:"
                    + " send it with curl --data-binary @FILE.");
        }
    }

    private static boolean keepsNone(byte[] body) {
        for (byte b : body) {
            if (b == 0 || b == '\n' || b == '\r') {
                return false;
            }
        }
        return true;
    }
}
