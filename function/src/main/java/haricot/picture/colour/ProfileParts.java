package haricot.picture.colour;

import java.io.ByteArrayOutputStream;
import java.util.TreeMap;

/// An ICC profile in up to 255 parts, as JPEG carries it (ICC.1, annex B.4).
public final class ProfileParts {
    /// With it begins a segment that holds a part: its number and how many there are follow, a byte each.
    public static final String NAME = "ICC_PROFILE\0";

    private final TreeMap<Integer, byte[]> parts = new TreeMap<>();
    private int count;

    /// @param number of the part, from 1
    /// @param of how many there are in all
    public void add(int number, int of, byte[] part) {
        parts.put(number, part);
        count = of;
    }

    /// The whole profile, empty if there is none or if a part is missing.
    public byte[] joined() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        if (parts.size() == count) {
            parts.values().forEach(whole::writeBytes);
        }
        return whole.toByteArray();
    }
}
