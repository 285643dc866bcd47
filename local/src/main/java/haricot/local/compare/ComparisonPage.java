package haricot.local.compare;

import haricot.drift.Estimate;
import haricot.drift.Rate;
import haricot.drift.Words;
import haricot.drift.page.Html;
import haricot.drift.page.Style;
import haricot.picture.Decoder;
import haricot.picture.JpegCopy;
import haricot.picture.raster.UnreadablePicture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A comparison as one page that needs nothing else, with the most changed pictures between what both say of them.
final class ComparisonPage {
    /// As for a request.
    private static final long MOST_PIXELS = 50_000_000;
    /// Enough to see what it shows.
    private static final int SHORT_SIDE = 240;
    private static final int SHOWN_LABELS = 3;

    private ComparisonPage() {}

    /// @param pictures the bytes of the most changed, by their names
    static String of(ModelComparison comparison, Map<String, byte[]> pictures) {
        String level = switch (comparison.outlook().advice()) {
            case GO -> "ok";
            case LOOK -> "watch";
            case STOP -> "alarm";
        };
        String body = numbers(comparison)
                + "<section><h2>What changes</h2>" + table("Labels: a row is the live model's", comparison.labels())
                + table("Decisions: a row is the live model's", comparison.decisions()) + "</section>"
                + mostChanged(comparison.mostChanged(), pictures);
        return frame().replace("{{css}}", Style.css()).replace("{{level}}", level)
                .replace("{{advice}}", comparison.outlook().advice().words())
                .replace("{{live}}", Html.text(comparison.live()))
                .replace("{{candidate}}", Html.text(comparison.candidate()))
                .replace("{{pictures}}", ComparisonText.pictures(comparison))
                .replace("{{why}}", Html.text(comparison.outlook().why())).replace("{{body}}", body)
                .replaceAll("(?<=\\d) %", "&nbsp;%");
    }

    private static String numbers(ModelComparison comparison) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("same label", comparison.agreement().pictures(), comparison.agreement().field()));
        rows.add(row("flagged by the live model", comparison.flagged().old(), comparison.flagged().oldField()));
        rows.add(row("flagged by the candidate", comparison.flagged().candidate(),
                comparison.flagged().candidateField()));
        for (Shares.Reviewed seen : comparison.reviewed()) {
            rows.add(row("live model right, of the reviewed", seen.old(), List.of()));
            rows.add(row("candidate right, of the reviewed", seen.candidate(), List.of()));
        }
        String test = comparison.reviewed().stream()
                .map(seen -> "<p>Of the reviewed pictures the live model alone is right on "
                        + Words.count(seen.onlyOld()) + ", the candidate alone on "
                        + Words.count(seen.onlyCandidate())
                        + "; so uneven a division between equals has a probability of "
                        + Words.probability(seen.probability()) + " (McNemar's exact test).</p>")
                .findFirst().orElse("<p>Nobody has said yet what these pictures show.</p>");
        return "<section><h2>In numbers</h2>" + Html.table("", List.of("", "of these pictures", "of how many",
                comparison.agreement().ordinary() ? "of all answers, 95 %" : "of all flags, 95 %"), rows) + test
                + "</section>";
    }

    private static List<String> row(String name, Rate rate, List<Estimate> field) {
        return List.of(name, Words.percent(rate.value()), Words.count(rate.of()), field.stream()
                .map(each -> Words.percent(each.value()) + " (" + Words.percent(each.interval()) + ")").findFirst()
                .orElse("–"));
    }

    private static String table(String caption, Map<String, Map<String, Long>> counts) {
        List<String> heads = new ArrayList<>(List.of("old, new"));
        counts.keySet().forEach(name -> heads.add(name.replace('_', ' ')));
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((old, row) -> {
            List<String> cells = new ArrayList<>(List.of(Html.text(old.replace('_', ' '))));
            row.values().forEach(count -> cells.add(Words.count(count)));
            rows.add(cells);
        });
        return Html.table(caption, heads, rows);
    }

    private static String mostChanged(List<ModelComparison.Changed> changed, Map<String, byte[]> pictures) {
        if (changed.isEmpty()) {
            return "";
        }
        StringBuilder section = new StringBuilder("<section><h2>The most changed pictures</h2>");
        for (ModelComparison.Changed each : changed) {
            section.append("<div class=\"pair\"><p class=\"name\"><code>").append(Html.text(each.name()))
                    .append("</code>").append(each.truth().isEmpty() ? "" : ", shows " + Html.text(each.truth()))
                    .append("</p>").append(image(pictures.get(each.name()))).append(side("Live", each.old()))
                    .append(side("Candidate", each.candidate())).append("</div>");
        }
        return section.append("</section>").toString();
    }

    private static String side(String who, Answer answer) {
        StringBuilder side = new StringBuilder("<div><h3>").append(who).append(": ")
                .append(Html.text(answer.decision()))
                .append("</h3><dl><dt>").append(Html.text(answer.shown().replace('_', ' '))).append("</dt>");
        answer.probabilities().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())).limit(SHOWN_LABELS)
                .forEach(each -> side.append("<dd>").append(Html.text(each.getKey().replace('_', ' '))).append(' ')
                        .append(Words.percent(each.getValue())).append("</dd>"));
        return side.append("</dl></div>").toString();
    }

    /// Any format that Haricot reads, made small and without its metadata.
    private static String image(byte[] picture) {
        try {
            byte[] small = JpegCopy.of(new Decoder(MOST_PIXELS, SHORT_SIDE).decode(picture));
            return "<img alt=\"\" src=\"data:image/jpeg;base64," + Base64.getEncoder().encodeToString(small) + "\">";
        } catch (UnreadablePicture e) {
            return "<p class=\"remark\">" + Html.text(e.getMessage()) + "</p>";
        }
    }

    private static String frame() {
        try (InputStream in = ComparisonPage.class.getResourceAsStream("comparison.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading comparison.html", e);
        }
    }
}
