package haricot.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What takes the answer to a query: its columns, then its rows, then the end.
interface Rows {
    void columns(List<String> names);

    void row(List<JsonNode> values);

    void end();

    /// A value as the text of a cell.
    static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
