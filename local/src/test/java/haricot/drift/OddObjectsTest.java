package haricot.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.bucket.Skipped;
import haricot.bucket.SteppingClock;
import haricot.bucket.Window;
import haricot.drift.Field.Mix;
import haricot.drift.page.ReportPage;
import haricot.local.host.EmbeddedS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A bucket in which, among forty answers of a day, lies whatever somebody put there: the report is made of the forty,
/// and names the rest.
final class OddObjectsTest {
    private static final String NAME = "field";
    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final String ID = "01a20774-67d8-7000-8000-000000000001";
    private static final String FLAG = "flags/dt=2026-11-23/hh=08/" + ID + ".json";
    private static final String SHA = "ab".repeat(32);

    private final String tally = new String(new Field(3).tally(Field.BEANS, 40, Mix.USUAL).json(),
            StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void noObjectStopsAReportAndEachIsNamed() throws IOException {
        List<String> odd = new ArrayList<>();
        try (EmbeddedS3 s3 = new EmbeddedS3(folder); S3Client client = s3.client()) {
            client.createBucket(create -> create.bucket(NAME));
            put(client, "tallies/dt=2026-11-23/hh=08/good.json", tally);
            put(client, "tallies/dt=2026-11-22/hh=08/good.json", tally);

            oddTally(client, odd, "up", tally.replace("\"name\":\"beans\"", "\"name\":\"../../models\""));
            oddTally(client, odd, "long",
                    tally.replace("\"name\":\"beans\"", "\"name\":\"" + "a".repeat(2_000) + "\""));
            oddTally(client, odd, "half", tally.substring(0, tally.length() / 2));
            oddTally(client, odd, "later", tally.replace("\"schema\":1", "\"schema\":2"));
            oddTally(client, odd, "null", "null");
            oddTally(client, odd, "list", "[[[[]]]]");
            oddTally(client, odd, "deep", "[".repeat(100_000));
            oddTally(client, odd, "edges", tally.replaceAll("\"edges\":\\[[0-9.]+,", "\"edges\":[-7.5,"));
            oddTally(client, odd, "endless", tally.replaceAll("\"edges\":\\[[0-9.]+,", "\"edges\":[-1e999,"));
            oddTally(client, odd, "control", tally.replace("\"version\":\"1.0.0\"", "\"version\":\"\\u001b[2J\""));

            String day = "{\"schema\":1,\"day\":\"2026-11-20\",\"models\":[],\"skipped\":[]}";
            odd(client, odd, "reports/dt=2026-11-20/tallies.json", day.substring(0, 30));
            odd(client, odd, "reports/dt=2026-11-19/tallies.json", day.replace("\"schema\":1", "\"schema\":9"));
            odd(client, odd, "reports/dt=2026-11-18/tallies.json", day);

            odd(client, odd, "baselines/beans/" + ID + ".json", "{}");
            reviewed(client, ID);
            put(client, FLAG, "x");
            odd.add(FLAG);
            String moved = "01a20774-67d8-7000-8000-000000000002";
            reviewed(client, moved);
            odd(client, odd, FLAG.replace(ID, moved), flag(ID));
            String large = "01a20774-67d8-7000-8000-000000000003";
            reviewed(client, large);
            client.putObject(put -> put.bucket(NAME).key(FLAG.replace(ID, large)),
                    RequestBody.fromBytes(new byte[50_000_000]));
            odd.add(FLAG.replace(ID, large));
            String unreviewable = "01a20774-67d8-7000-8000-000000000004";
            put(client, FLAG.replace(ID, unreviewable), flag(unreviewable));
            odd(client, odd, "reviews/dt=2026-11-23/" + unreviewable + "/" + ID + ".json",
                    "{\"schema\":1,\"flag\":\"" + ID + "\",\"label\":\"healthy\",\"time\":\"2026-11-23T09:00:00Z\"}");

            S3Reports reports = new S3Reports(client, NAME, new SteppingClock("2026-11-24T02:00:00Z"), () -> ID);
            Report report = reports.report(Window.of(DAY));
            assertEquals(40, report.answered());
            List<String> named = report.skipped().stream().map(Skipped::key).toList();
            odd.forEach(key -> assertTrue(named.contains(key), key + " is not in " + named));
            assertTrue(report.sentence().contains("Not included: "), report.sentence());
            assertTrue(report.sentence().contains(" more objects."), report.sentence());
            assertFalse(report.sentence().contains("\u001b"), report.sentence());
            assertTrue(ReportPage.of(report).contains("too large for a flag: 50000000 bytes"));
            assertEquals("x", text(client, FLAG), "what is odd stays as it is");
            assertTrue(text(client, "reports/dt=2026-11-20/tallies.json").length() < 40);
        }
    }

    private void oddTally(S3Client client, List<String> odd, String name, String content) {
        assertFalse(content.equals(tally), name);
        odd(client, odd, "tallies/dt=2026-11-23/hh=09/" + name + ".json", content);
    }

    private static void odd(S3Client client, List<String> odd, String key, String content) {
        put(client, key, content);
        odd.add(key);
    }

    private static void reviewed(S3Client client, String id) {
        put(client, "reviews/dt=2026-11-23/" + id + "/" + ID + ".json", "{\"schema\":1,\"flag\":\"" + id
                + "\",\"label\":\"healthy\",\"time\":\"2026-11-23T09:00:00Z\"}");
    }

    private static String flag(String id) {
        return "{\"schema\":1,\"id\":\"" + id + "\",\"time\":\"2026-11-23T08:10:00Z\",\"decision\":\"review\","
                + "\"samplingProbability\":1,\"model\":{\"name\":\"beans\",\"version\":\"1.0.0\",\"sha256\":\"" + SHA
                + "\"}}";
    }

    private static void put(S3Client client, String key, String content) {
        client.putObject(put -> put.bucket(NAME).key(key), RequestBody.fromString(content));
    }

    private static String text(S3Client client, String key) {
        return client.getObjectAsBytes(get -> get.bucket(NAME).key(key)).asUtf8String();
    }
}
