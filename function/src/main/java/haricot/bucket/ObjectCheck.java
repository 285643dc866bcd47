package haricot.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/// Whether an object is what its key says, for those who read the bucket's files themselves: what the report skips is
/// skipped there too.
public final class ObjectCheck {
    /// Bytes beyond which an object is something else.
    public static final long LARGEST_FLAG = ObjectKind.FLAG.most();
    public static final long LARGEST_TALLY = ObjectKind.TALLY.most();
    public static final long LARGEST_REVIEW = ObjectKind.REVIEW.most();

    private ObjectCheck() {}

    /// @throws IOException if these bytes are not the flag of this key
    public static JsonNode flag(String key, byte[] json) throws IOException {
        JsonNode flag = Json.read(json, JsonNode.class);
        StoredFlag.read(key, flag);
        return flag;
    }

    /// A flag that lies among others.
    ///
    /// @throws IOException if these bytes are not a flag
    public static KeyedFlag flag(byte[] json) throws IOException {
        JsonNode flag = Json.read(json, JsonNode.class);
        StoredFlag read = StoredFlag.of(flag);
        return new KeyedFlag(Keys.flag(read.id(), read.time()), flag);
    }

    /// A flag with the key of its own object.
    public record KeyedFlag(String key, JsonNode flag) {}

    /// @throws IOException if these bytes are not the tally of this key
    public static JsonNode tally(String key, byte[] json) throws IOException {
        if (Keys.tallyHour(key).isEmpty()) {
            throw new IOException("not the name of a tally");
        }
        Tally.read(json);
        return Json.read(json, JsonNode.class);
    }

    /// @throws IOException if these bytes are not the review of this key
    public static JsonNode review(String key, byte[] json) throws IOException {
        Review.read(key, json);
        return Json.read(json, JsonNode.class);
    }
}
