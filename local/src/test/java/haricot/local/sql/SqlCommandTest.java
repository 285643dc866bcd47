package haricot.local.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import haricot.bucket.Flag;
import haricot.local.host.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `haricot sql` over a folder, as a person or a script calls it.
final class SqlCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path data;
    private Path bucket;

    @BeforeEach
    void fill() throws IOException {
        bucket = data.resolve("haricot");
        for (int i = 0; i < 3; i++) {
            put(Objects.flag(NOON.plusSeconds(i), i, "bean_rust"));
        }
        Objects.put(bucket, "tallies/dt=2026-11-23/hh=12/e1.json", Objects.tally().json());
    }

    @Test
    void printsATableWithWhatCouldMoveTheCursorWrittenOut() throws IOException {
        put(Objects.flag(NOON.plusSeconds(9), 9, "=1+1\u001b[2J"));
        assertEquals("""
                label          flags
                =1+1\\u001b[2J      1
                bean_rust          3
                """, ask("select label, count(*) as flags from flags group by label order by flags").out());
    }

    @Test
    void aSpreadsheetRunsNoFormulaOfSomebodyElses() throws IOException {
        put(Objects.flag(NOON.plusSeconds(9), 9, "=1+1,\"x\""));
        assertEquals("label,below\r\n\"'=1+1,\"\"x\"\"\",-3\r\n",
                ask("select label, -3 as below from flags where label like '=%'", "--csv").out());
    }

    @Test
    void jsonKeepsWhatIsNested() {
        assertEquals("""
                [
                {"dt":"2026-11-23","hh":"12","width":500,"reasons":["unfamiliar","blurred"],"p":{"bean_rust":0.8,"healthy":0.2},"model":{"name":"beans","version":"1.0.0","sha256":"%s"},"key":null}
                ]
                """.formatted("ab".repeat(32)), ask("""
                select dt, hh, image.width, reasons, probabilities as p, model, image.key from flags limit 1
                """, "--json").out());
        assertEquals("[]\n", ask("select id from flags where false", "--json").out());
    }

    @Test
    void aDayOfMergedFlagsIsReadFromTheOneObject() throws IOException {
        Flag merged = Objects.flag(NOON, 7, "healthy");
        Objects.put(bucket, "settled-flags/dt=2026-11-23/flags.jsonl.gz", Objects.gzip(merged.json() + "\n"));
        assertEquals("id,$path\r\n" + merged.id() + "," + merged.key() + "\r\n",
                ask("select id, \"$path\" from flags", "--csv").out());
    }

    @Test
    void oddObjectsStopNoQueryAndAreCounted() throws IOException {
        String flags = "flags/dt=2026-11-23/hh=12/";
        Objects.put(bucket, flags + "0.json", "{\"schema\":2}");
        Objects.put(bucket, flags + "1.json", "no JSON");
        Objects.put(bucket, flags + "2.json", new byte[50_000_000]);
        Objects.put(bucket, flags + "3.json", Objects.tally().json());
        Objects.put(bucket, "tallies/dt=2026-11-23/hh=12/odd.json", "[]");
        Objects.put(bucket, "results/run=1/1.jsonl.gz", "no gzip");
        Objects.put(bucket, "results/run=1/2.jsonl.gz", Objects.gzip("x".repeat(200_000)));
        Shell.Ran ran = ask("""
                select (select count(*) from flags), (select count(*) from tallies), (select count(*) from results),
                  (select count(*) from reviews)
                """, "--csv");
        assertTrue(ran.out().endsWith("\r\n3,1,0,0\r\n"), ran.out());
        assertTrue(
                ran.err().startsWith("Left out because they are no such object: 4 among the flags, 1 among the tallies,"
                        + " 2 among the results; one is "),
                ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from read_csv('/etc/passwd')", "select * from '/etc/passwd'",
            "select * from read_text('/etc/passwd')", "select * from glob('/etc/*')", "copy flags to '/tmp/flags.csv'",
            "attach '/tmp/x.db'", "install httpfs", "load httpfs", "pragma version", "create table x (a int)",
            "set enable_external_access = true", "select 1; select 2", "select 1; drop table flags",
            "with x as (select 1) delete from flags", "", "/* nothing */", "explain select 1", "nonsense",
            "select no_such_column from flags"})
    void refusesInOneSentence(String sql) throws IOException {
        Set<Path> before = files();
        Shell.Ran ran = Shell.haricot("sql", "--data", data, sql.isEmpty() ? " ;" : sql);
        assertEquals(69, ran.status(), ran.out());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().startsWith("haricot: "), ran.err());
        assertEquals("", ran.out());
        assertEquals(before, files());
    }

    @Test
    void aSemicolonAtTheEndAndInATextIsNoSecondQuery() {
        assertEquals("t\r\na;b -- c\r\n", ask("select 'a;b -- c' as t; -- done\n", "--csv").out());
    }

    @Test
    void aloneItListsTablesAndViewsWithAnExampleThatWorks() {
        Shell.Ran list = Shell.haricot("sql");
        assertEquals(0, list.status());
        List<String> examples = list.out().lines().filter(line -> line.contains("./haricot sql \""))
                .map(line -> line.substring(line.indexOf('"') + 1, line.length() - 1)).toList();
        assertEquals(Table.values().length + View.values().length, examples.size());
        examples.forEach(example -> assertFalse(ask(example).out().isEmpty(), example));
        list.out().lines().forEach(line -> assertTrue(line.length() <= 200, line));
    }

    private void put(Flag flag) throws IOException {
        Objects.put(bucket, flag.key(), flag.json() + "\n");
    }

    private Shell.Ran ask(Object... words) {
        Shell.Ran ran = Shell.haricot(Stream.concat(Stream.of("sql", "--data", data), Stream.of(words)).toArray());
        assertEquals(0, ran.status(), ran.err());
        return ran;
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.collect(Collectors.toSet());
        }
    }
}
