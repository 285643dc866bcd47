package haricot.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// Why there is nothing to judge under a key: a `code` in the results, beside those of the HTTP contract.
public enum Obstacle {
    EMPTY_BODY(400, "Bad Request"),
    TOO_LARGE(413, "Content Too Large"),
    NOT_FOUND(404, "Not Found"),
    /// It was overwritten since it was listed.
    CHANGED(412, "Precondition Failed"),
    /// S3 says the same of what is not allowed and, to who may not list, of what is gone.
    NO_ACCESS(403, "Forbidden"),
    ARCHIVED(403, "Forbidden"),
    UNREADABLE_FILE(403, "Forbidden"),
    /// Neither the picture's fault nor foreseen.
    INTERNAL(500, "Internal Server Error");

    private final int status;
    private final String title;

    Obstacle(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /// As it appears in a line: lower case, with hyphens.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The same form as a problem of the HTTP contract.
    ObjectNode problem(String id, String detail) {
        return JsonNodeFactory.instance.objectNode().put("title", title).put("status", status).put("detail", detail)
                .put("code", word()).put("id", id);
    }
}
