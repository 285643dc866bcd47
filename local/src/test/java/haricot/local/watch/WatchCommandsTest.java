package haricot.local.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.drift.Fields;
import haricot.local.Main;
import haricot.local.host.DataFolder;
import haricot.local.host.EmbeddedS3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.s3.S3Client;

/// `report`, `baseline` and `forget` as a script calls them.
final class WatchCommandsTest {
    /// A run over midnight still talks of one day.
    private static LocalDate today;

    @TempDir
    static Path data;
    @TempDir
    Path out;
    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();

    /// Forty days ago was usual; twenty days ago foreign pictures came; today there are few.
    @BeforeAll
    static void fill() throws IOException {
        today = LocalDate.now(ZoneOffset.UTC);
        try (EmbeddedS3 s3 = new EmbeddedS3(data); S3Client client = s3.client()) {
            client.createBucket(create -> create.bucket(DataFolder.BUCKET));
            Fields.answer(client, DataFolder.BUCKET, today.minusDays(60), 9, 2_000, 0);
            Fields.answer(client, DataFolder.BUCKET, today.minusDays(40), 9, 300, 0);
            Fields.answer(client, DataFolder.BUCKET, today.minusDays(20), 9, 300, 0.2);
            Fields.answer(client, DataFolder.BUCKET, today, 0, 12, 0);
        }
        assertEquals(0, Main.commandLine().setOut(new PrintWriter(new StringWriter())).execute("baseline", "--data",
                data.toString(), "--from", day(60), "--to", day(59)));
    }

    @Test
    void usualDaysEndWithZero() {
        assertEquals(0, run("report", "--from", day(40), "--out", out.toString()));
        assertTrue(printed.toString().startsWith("ok: "), printed.toString());
        assertTrue(Files.exists(out.resolve("report.html")) && Files.exists(out.resolve("report.json")));
    }

    @Test
    void aDriftEndsWithTwoAndTheJsonSaysTheSame() throws IOException {
        assertEquals(2, run("report", "--json", "--from", day(20), "--to", day(19)));
        JsonNode report = new ObjectMapper().readTree(printed.toString());
        assertEquals("alarm", report.get("verdict").asText());
        assertEquals(300, report.get("answered").asInt());
        assertEquals(day(20), report.at("/window/from").asText());
        assertTrue(report.get("flagged").asInt() > 30);
    }

    @Test
    void todayCountsOnALaptopAndTooFewEndWithThree() {
        assertEquals(3, run("report", "--json"));
        assertTrue(printed.toString().contains("\"answered\":12"), printed.toString());
    }

    @Test
    void aWindowWithoutADayIsRefused() {
        assertEquals(69, run("report", "--from", day(20), "--to", day(20)));
        assertTrue(complained.toString().contains("the shortest is --from " + day(20) + " --to " + day(19)),
                complained.toString());
    }

    @Test
    void aDayThatIsNoneIsRefused() {
        assertEquals(64, run("report", "--from", "yesterday"));
    }

    @Test
    void aFolderWithoutABucketIsNamed() {
        assertEquals(69, Main.commandLine().setErr(new PrintWriter(complained)).execute("report", "--data",
                out.toString()));
        assertTrue(complained.toString().contains("./haricot serve"), complained.toString());
    }

    @Test
    void aBaselineSaysWhatItTookIsListedAndTakenBack() {
        assertEquals(0, run("baseline", "--from", day(40)));
        assertTrue(printed.toString().contains("Normal from now on for beans 1.0.0: "), printed.toString());
        assertTrue(printed.toString().contains("300 answers, "), printed.toString());
        assertTrue(printed.toString().contains("bean_rust "), printed.toString());
        assertEquals(0, run("baseline", "--list"));
        assertTrue(printed.toString().contains("counts  beans 1.0.0"), printed.toString());
        assertEquals(0, run("baseline", "--undo"));
        assertTrue(printed.toString().contains("Now counts: beans 1.0.0"), printed.toString());
        assertTrue(printed.toString().contains("2,000 answers"), printed.toString());
    }

    @Test
    void tooFewAnswersAreNoBaseline() {
        assertEquals(69, run("baseline", "--from", day(0)));
        assertTrue(complained.toString().contains("12 answers on "), complained.toString());
        assertTrue(complained.toString().contains("takes 300"), complained.toString());
    }

    @Test
    void aBadDayIsNormalOnlyForWhoInsists() {
        assertEquals(69, run("baseline", "--from", day(20)));
        assertTrue(complained.toString().contains("says alarm"), complained.toString());
        assertTrue(complained.toString().contains("--yes"), complained.toString());
        assertEquals(0, run("baseline", "--from", day(20), "--yes"));
        assertTrue(printed.toString().contains("normal all the same"), printed.toString());
        assertEquals(0, run("baseline", "--undo"));
    }

    @Test
    void picturesDoNotGoWhereTheyOutliveBeingForgotten() {
        assertEquals(69, run("report", "--from", day(40), "--out", out.toString(), "--pictures",
                data.resolve("strangest.html").toString()));
        assertEquals(69, run("report", "--from", day(40), "--out", out.toString(), "--pictures",
                out.resolve("reports/strangest.html").toString()));
        assertEquals(0, run("report", "--from", day(40), "--out", out.toString(), "--pictures",
                out.resolve("strangest.html").toString()));
        assertTrue(Files.exists(out.resolve("strangest.html")));
    }

    @Test
    void nothingCannotBeCalledNormal() {
        assertEquals(69, run("baseline", "--from", day(50)));
        assertEquals(69, run("baseline"));
    }

    @Test
    void whatIsNotThereCannotBeForgotten() {
        assertEquals(69, run("forget", "0192f3a4-0000-7000-8000-000000000000"));
        assertTrue(complained.toString().contains("there is no flag with the id 0192f3a4"), complained.toString());
    }

    private int run(String command, String... options) {
        List<String> all = new ArrayList<>(List.of(command, "--data", data.toString()));
        all.addAll(List.of(options));
        CommandLine line = Main.commandLine();
        return line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(complained))
                .execute(all.toArray(String[]::new));
    }

    private static String day(int back) {
        return today.minusDays(back).toString();
    }
}
