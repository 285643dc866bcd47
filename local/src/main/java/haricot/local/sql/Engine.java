package haricot.local.sql;

import java.io.IOException;

/// What answers queries over the tables: DuckDB or Athena.
interface Engine {
    /// @param sql one query that has passed [Query]
    /// @return what a person should know besides the answer; empty for nothing
    /// @throws haricot.local.host.Failure if the query is wrong
    String ask(Query sql, Rows answer) throws IOException;
}
