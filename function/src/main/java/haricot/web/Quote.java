package haricot.web;

/// A caller's own words inside a `detail`: short, on one line, and Unicode that can be sent.
final class Quote {
    private static final int SHOWN = 40;

    private Quote() {}

    /// In single quotes, cut after 40 characters.
    static String of(String text) {
        int[] points = text.codePoints().limit(SHOWN).map(Quote::printable).toArray();
        boolean cut = text.codePointCount(0, text.length()) > SHOWN;
        return "'" + new String(points, 0, points.length) + (cut ? "…'" : "'");
    }

    /// A step of a JSON pointer (RFC 6901), escaped.
    static String step(String name) {
        int[] points = name.codePoints().map(Quote::sendable).toArray();
        return "/" + new String(points, 0, points.length).replace("~", "~0").replace("/", "~1");
    }

    /// Whether it holds half of a surrogate pair, which UTF-8 cannot encode.
    static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int printable(int codePoint) {
        return Character.isISOControl(codePoint) ? '\uFFFD' : sendable(codePoint);
    }

    private static int sendable(int codePoint) {
        return isUnpaired(codePoint) ? '\uFFFD' : codePoint;
    }
}
