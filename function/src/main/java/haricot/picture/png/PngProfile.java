package haricot.picture.png;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The colour profile of a PNG file, which is compressed there.
final class PngProfile {
    /// Profiles of a matrix have a few kilobytes. A chunk can be made to inflate a thousandfold; what goes beyond this is
    /// not read, and the picture is shown without its profile.
    private static final int MOST_BYTES = 1 << 20;

    private PngProfile() {}

    /// @param chunk data of `iCCP`: a name, a zero, a method, compressed bytes
    /// @return the profile, empty if there is none that can be read
    static byte[] inflate(byte[] chunk) {
        int name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        int start = name + 2;
        if (start >= chunk.length || chunk[name + 1] != 0) {
            return new byte[0];
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(chunk, start, chunk.length - start);
            byte[] profile = new byte[MOST_BYTES];
            int length = 0;
            int count;
            do {
                count = inflater.inflate(profile, length, MOST_BYTES - length);
                length += count;
            } while (count > 0);
            return inflater.finished() ? Arrays.copyOf(profile, length) : new byte[0];
        } catch (DataFormatException broken) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }
}
