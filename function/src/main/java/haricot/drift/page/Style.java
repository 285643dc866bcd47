package haricot.drift.page;

/// How the report looks, for other pages that a watcher reads beside it.
public final class Style {
    private Style() {}

    /// The report's style sheet.
    public static String css() {
        String frame = ReportPage.frame();
        return frame.substring(frame.indexOf("<style>") + "<style>".length(), frame.indexOf("</style>"));
    }
}
