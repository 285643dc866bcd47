package haricot.local.sql;

import haricot.local.host.DataFolder;
import haricot.local.host.Failure;
import haricot.local.host.Here;
import haricot.local.host.WatchedBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

    @Option(names = "--csv", description = "Print CSV.")
    private boolean csv;

    @Option(names = "--json", description = "Print a JSON array, an object for each row.")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "QUERY", defaultValue = "", description = "One query: select … or with … select ….")
    private String query;

    @Override
    public Integer call() throws IOException {
        if (csv && json) {
            throw new Failure("--csv and --json: an answer has one form");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (query.isBlank()) {
            out.print(Catalogue.text());
            out.flush();
            return 0;
        }
        Query asked = Query.of(query);
        Printed form = csv ? Printed.CSV : json ? Printed.JSON : Printed.TABLE;
        String remark = bucket.isHere()
                ? here().ask(asked, form.to(out))
                : AthenaEngine.ask(bucket.name(), asked, form.to(out));
        out.flush();
        if (!remark.isEmpty()) {
            spec.commandLine().getErr().println(remark);
        }
        return 0;
    }

    private Engine here() throws IOException {
        Path folder = bucket.folder().resolve(DataFolder.BUCKET);
        if (!Files.isDirectory(folder)) {
            throw new Failure("there is no bucket in " + Here.relative(bucket.folder())
                    + ": './haricot serve' makes one, --data names another folder, --bucket one on AWS");
        }
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
