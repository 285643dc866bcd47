package haricot.local.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import haricot.bucket.Strange;
import haricot.drift.Accuracy;
import haricot.drift.Interval;
import haricot.drift.Report;
import haricot.local.host.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The views over a month say what the report on it says, to the digit.
final class SqlViewsTest {
    @TempDir
    static Path data;
    private static Report report;

    @BeforeAll
    static void fill() throws IOException {
        report = Month.fill(data);
        assertTrue(report.accuracy().getFirst().reviewed().size() > 0, "nothing to compare");
    }

    @Test
    void theFlaggedShareOfEveryDay() throws IOException {
        Map<String, List<Object>> told = new TreeMap<>();
        for (Report.TrendDay day : report.trend()) {
            Interval wilson = day.wilson();
            told.put(day.day().toString(), List.of(day.answered(), day.flagged(),
                    (double) day.flagged() / day.answered(), wilson.low(), wilson.high()));
        }
        Map<String, List<Object>> asked = new TreeMap<>();
        ask("select * from flagged_by_day").forEach(row -> asked.put(row.get("dt").asText(),
                List.of(row.get("answered").asLong(), row.get("flagged").asLong(), row.get("share").asDouble(),
                        row.get("low").asDouble(), row.get("high").asDouble())));
        assertEquals(told, asked);
        assertEquals(30, asked.size());
    }

    @Test
    void answersByLabel() throws IOException {
        Map<String, Map<String, Long>> told = new TreeMap<>();
        report.models().forEach(model -> told.put(model.tally().model().version(), model.tally().labels()));
        Map<String, Map<String, Long>> asked = new TreeMap<>();
        ask("select version, label, sum(answered) as answered from answers_by_label group by version, label")
                .forEach(row -> asked.computeIfAbsent(row.get("version").asText(), _ -> new TreeMap<>())
                        .put(row.get("label").asText(), row.get("answered").asLong()));
        assertEquals(told, asked);
    }

    @Test
    void theModelAgainstAPerson() throws IOException {
        Accuracy told = report.accuracy().getFirst();
        Map<String, Long> counts = new TreeMap<>();
        for (int truth = 0; truth < told.confusion().truths().size(); truth++) {
            for (int answer = 0; answer < told.confusion().answers().size(); answer++) {
                counts.put(told.confusion().truths().get(truth) + "/" + told.confusion().answers().get(answer),
                        told.confusion().counts().get(truth).get(answer));
            }
        }
        counts.values().removeIf(count -> count == 0);
        Map<String, Long> asked = new TreeMap<>();
        ask("select truth, answer, sum(reviewed) as reviewed from confusion where version = '1.0.0' group by 1, 2")
                .forEach(row -> asked.put(row.get("truth").asText() + "/" + row.get("answer").asText(),
                        row.get("reviewed").asLong()));
        assertEquals(counts, asked);
        assertTrue(counts.values().stream().mapToLong(Long::longValue).sum() > 60, counts.toString());
    }

    @Test
    void theAccuracyOfEachDecisionByItsWeights() throws IOException {
        List<List<Object>> told = report.accuracy().getFirst().reviews().stream().map(stratum -> List.<Object>of(
                stratum.decision(), stratum.reviewed(), stratum.right(), stratum.value())).toList();
        List<List<Object>> asked = new ArrayList<>();
        ask("""
                select decision, sum(reviewed) as reviewed, sum(if(truth = answer, reviewed, 0)) as agreed,
                  sum(if(truth = answer, weight, 0e0)) / sum(weight) as share
                from confusion where version = '1.0.0' and decision <> 'reject' group by decision order by decision
                """).forEach(row -> asked.add(List.of(row.get("decision").asText(), row.get("reviewed").asLong(),
                row.get("agreed").asLong(), row.get("share").asDouble())));
        assertEquals(told, asked);
    }

    @Test
    void theStrangestPictures() throws IOException {
        List<Strange> asked = new ArrayList<>();
        ask("select id, score, distance from strangest order by distance desc, id limit 5")
                .forEach(row -> asked.add(new Strange(row.get("id").asText(), row.get("score").asDouble(),
                        row.get("distance").asDouble())));
        assertEquals(report.strangest(), asked);
    }

    /// The report has merged the days of October.
    @Test
    void mergedDaysHoldWhatTheSingleFlagsDo() throws IOException {
        String sql = "select dt, id, \"$path\", confidence, reasons from flags order by id";
        JsonNode merged = ask(sql);
        Path aside = data.resolve("aside");
        Files.move(data.resolve("haricot/settled-flags"), aside);
        JsonNode single = ask(sql);
        Files.move(aside, data.resolve("haricot/settled-flags"));
        assertEquals(single, merged);
        assertTrue(merged.size() > 100, merged.size() + " flags");
    }

    private static JsonNode ask(String sql) throws IOException {
        Shell.Ran ran = Shell.haricot("sql", "--json", "--data", data, sql);
        assertEquals(0, ran.status(), ran.err());
        assertFalse(ran.err().contains("Left out"), ran.err());
        return new ObjectMapper().readTree(ran.out());
    }
}
