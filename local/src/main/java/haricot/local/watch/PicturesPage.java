package haricot.local.watch;

import haricot.bucket.S3Reviews;
import haricot.bucket.StoredFlag;
import haricot.bucket.Strange;
import haricot.drift.Report;
import haricot.drift.page.ReportPage;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// A report with the strangest pictures in it, for a file on this computer. In the bucket, under `reports/`, a picture
/// would outlive the request to forget it.
final class PicturesPage {
    private PicturesPage() {}

    /// @throws Failure if the file would lie in the bucket's folder, or in a folder of reports
    static void refuseFolder(Path file, Path data) {
        Path whole = file.toAbsolutePath().normalize();
        boolean amongReports = whole.getParent() != null && whole.getParent().endsWith("reports");
        if (whole.startsWith(data.toAbsolutePath().normalize()) || amongReports) {
            throw new Failure(
                    Here.relative(file) + " lies among the reports, which are kept when a picture is forgotten: "
                            + "choose a file elsewhere, such as --pictures strangest.html");
        }
    }

    /// @param review where the review page runs
    static void write(Path file, Report report, S3Reviews reviews, Optional<URI> review) {
        try {
            Files.writeString(file, ReportPage.of(report, strange -> beside(strange, reviews, review)));
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    private static String beside(Strange strange, S3Reviews reviews, Optional<URI> review) {
        Optional<StoredFlag> flag = reviews.find(strange.id());
        String said = flag.map(found -> found.decision() + ", " + String.join(", ", found.reasons()))
                .map(PicturesPage::text).orElse("no flag: forgotten, or an accepted answer");
        return flag.flatMap(reviews::picture)
                .map(jpeg -> "<img alt=\"" + said + "\" src=\"data:image/jpeg;base64,"
                        + Base64.getEncoder().encodeToString(jpeg) + "\">")
                .orElse("") + "<span class=\"remark\">" + said
                + (flag.filter(found -> !found.pictureKey().isEmpty())
                        .isPresent() ? "" : "; no picture was kept")
                + "</span>"
                + review.filter(_ -> flag.filter(found -> !found.pictureKey().isEmpty()).isPresent())
                        .map(page -> " <a href=\"" + text(page + "#" + strange.id()) + "\">review it</a>").orElse("")
                + "<br>";
    }

    private static String text(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
