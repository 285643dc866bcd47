package haricot.local.sql;

import haricot.local.host.DataFolder;
import haricot.local.host.WatchedBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `haricot sql`: questions that no report answers.
@Command(name = "sql", description = "Ask flags, tallies, reviews and results in SQL.", footer = {"",
        "Without a query it lists tables and views, with an example each. Nothing can",
        "be changed. On this computer DuckDB answers, which Maven fetches once (80 MB);",
        "with --bucket Athena does, and AWS bills what it scans."})
public final class SqlCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    WatchedBucket bucket;

    @ArgGroup
    Form form = new Form();

    /// At most one of them.
    static final class Form {
        @Option(names = "--json", description = "Print a JSON array, an object for each row.")
        boolean json;

        @Option(names = "--csv", description = "Print a table for spreadsheets.")
        boolean csv;

        private Rows rows(PrintWriter out) {
            return (json ? Printed.JSON : csv ? Printed.CSV : Printed.TABLE).to(out);
        }
    }

    @Parameters(arity = "0..1", paramLabel = "QUERY", defaultValue = "", description = "One query: select … or with … select ….")
    private String query;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (query.isBlank()) {
            out.print(Catalogue.text());
            out.flush();
            return 0;
        }
        Query asked = Query.of(query);
        bucket.require();
        String remark = bucket.isHere()
                ? here().ask(asked, form.rows(out))
                : AthenaEngine.ask(bucket.name(), asked, form.rows(out));
        out.flush();
        if (!remark.isEmpty()) {
            spec.commandLine().getErr().println(remark);
        }
        return 0;
    }

    private Engine here() throws IOException {
        Path folder = bucket.folder().resolve(DataFolder.BUCKET);
        Path root = Path.of(System.getProperty("haricot.root", "."));
        return new DuckDb(new DuckDbJar(cache(), root, System.getenv().getOrDefault("PATH", ""),
                line -> spec.commandLine().getErr().println(line)).driver(), folder);
    }

    /// Where the launcher builds, too, if it cannot build beside the sources.
    private static Path cache() {
        String home = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        return (home.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home)).resolve("haricot");
    }
}
