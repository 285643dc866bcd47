package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What takes the answer to a query: its columns, then its rows, then the end.
interface Rows {
    void columns(List<String> names);

    void row(List<JsonNode> values);

    void end();
}
