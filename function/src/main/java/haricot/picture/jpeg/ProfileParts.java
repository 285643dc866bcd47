package haricot.picture.jpeg;

import java.io.ByteArrayOutputStream;
import java.util.TreeMap;

/// A colour profile in up to 255 segments (ICC.1, annex B.4).
final class ProfileParts {
    private static final String NAME = "ICC_PROFILE\0";

    private final TreeMap<Integer, byte[]> parts = new TreeMap<>();
    private int count;

    void add(SegmentData segment) {
        if (segment.startsWith(NAME) && segment.length() > NAME.length() + 2) {
            parts.put(segment.at(NAME.length()), segment.copy(NAME.length() + 2));
            count = segment.at(NAME.length() + 1);
        }
    }

    /// The whole profile, empty if there is none or if a part is missing.
    byte[] joined() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        if (parts.size() == count) {
            parts.values().forEach(whole::writeBytes);
        }
        return whole.toByteArray();
    }
}
