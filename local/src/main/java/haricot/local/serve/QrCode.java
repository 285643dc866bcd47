package haricot.local.serve;

import io.nayuki.qrcodegen.QrCode.Ecc;

/// A QR code in characters, for the camera of a phone.
final class QrCode {
    /// Of light modules around it, as the standard asks: fewer, and some cameras see nothing.
    private static final int MARGIN = 4;
    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String USUAL = "\u001b[0m";

    private QrCode() {}

    /// Two rows of modules in a line of half blocks.
    ///
    /// @param colours whether the terminal has them; without, light modules are drawn, because most terminals are dark
    static String of(String text, boolean colours) {
        io.nayuki.qrcodegen.QrCode code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.LOW);
        StringBuilder lines = new StringBuilder();
        for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
            lines.append(colours ? BLACK_ON_WHITE : "");
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                boolean upper = code.getModule(x, y) == colours;
                boolean lower = code.getModule(x, y + 1) == colours;
                lines.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            lines.append(colours ? USUAL : "").append('\n');
        }
        return lines.toString();
    }
}
