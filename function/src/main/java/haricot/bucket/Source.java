package haricot.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// A picture of a run: where it lies, and which bytes were listed there. Keys are taken literally.
///
/// @param bucket of the photos; `local` for files of this computer
/// @param etag without quotation marks; of a file the SHA-256 of its bytes
/// @param versionId empty where versions were not asked for
public record Source(String bucket, String key, String etag, String versionId) {
    /// Where the photos of this computer lie.
    public static final String HERE = "local";

    /// As results and flags name it.
    public ObjectNode json() {
        return of(JsonNodeFactory.instance.objectNode().put("bucket", bucket));
    }

    /// As a plan lists it, whose chunk names the bucket.
    public ObjectNode planned() {
        return of(JsonNodeFactory.instance.objectNode());
    }

    private ObjectNode of(ObjectNode json) {
        json.put("key", key).put("etag", etag);
        return versionId.isEmpty() ? json : json.put("versionId", versionId);
    }

    /// @throws IOException if this names no object
    static Source read(JsonNode json, String bucket) throws IOException {
        if (!json.path("key").isTextual() || !json.path("etag").isTextual()) {
            throw new IOException("an object without its key or its etag");
        }
        return new Source(bucket, json.get("key").textValue(), json.get("etag").textValue(),
                json.path("versionId").asText(""));
    }
}
