package haricot.picture.jpeg;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the scans of a frame have brought so far (T.81, B.2.3 and G.1.1.1).
final class Scans {
    /// Encoders write about ten; the most that make sense is one a bit and coefficient. A hundred of them over 50 million
    /// pixels take seconds, thousands would take minutes.
    private static final int MOST = 100;
    private static final int UNSEEN = 99;

    private final Frame frame;
    /// Of each component and coefficient, how many low bits are missing.
    private final int[][] missing;
    private int count;

    Scans(Frame frame) {
        this.frame = frame;
        missing = new int[frame.ids().size()][64];
        for (int[] coefficients : missing) {
            Arrays.fill(coefficients, UNSEEN);
        }
    }

    /// Takes in a scan's header.
    ///
    /// @return it, with components by their place in the frame, and for a sequential frame with the only parameters that
    ///     make sense there: some encoders write others, and readers look over them
    byte[] add(SegmentData data) {
        if (++count > MOST) {
            throw damaged("it has more than %d scans".formatted(MOST));
        }
        int components = data.next();
        if (components < 1 || components > frame.ids().size()) {
            throw damaged("a scan has %d components".formatted(components));
        }
        List<Integer> places = new ArrayList<>();
        byte[] header = new byte[4 + 2 * components];
        header[0] = (byte) components;
        for (int i = 0; i < components; i++) {
            places.add(frame.component(data.next(), places));
            header[1 + 2 * i] = (byte) (places.getLast() + 1);
            header[2 + 2 * i] = (byte) data.next();
        }
        int from = data.next();
        int to = data.next();
        int bits = data.next();
        if (!frame.progressive()) {
            from = 0;
            to = 63;
            bits = 0;
        } else if (from > to || to > 63) {
            throw damaged("a scan has impossible parameters");
        }
        for (int place : places) {
            Arrays.fill(missing[place], from, to + 1, bits & 15);
        }
        header[1 + 2 * components] = (byte) from;
        header[2 + 2 * components] = (byte) to;
        header[3 + 2 * components] = (byte) bits;
        return header;
    }

    /// Whether a scan could bring nothing more.
    boolean complete() {
        return Arrays.stream(missing).flatMapToInt(Arrays::stream).allMatch(bits -> bits == 0);
    }

    boolean seenAny() {
        return count > 0;
    }

    /// Whether every component has something to show.
    boolean allSeen() {
        return Arrays.stream(missing).allMatch(coefficients -> coefficients[0] != UNSEEN);
    }

    private static UnreadablePicture damaged(String what) {
        return UnreadablePicture.damaged(ImageFormat.JPEG, what);
    }
}
