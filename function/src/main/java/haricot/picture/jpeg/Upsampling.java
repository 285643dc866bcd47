package haricot.picture.jpeg;

/// Brings rows of a subsampled component to the width of the picture, as libjpeg does by default: with weights of
/// three quarters and one quarter where the ratio is two (its "fancy" upsampling), by repetition elsewhere.
final class Upsampling {
    private final boolean wide;
    private final boolean high;
    private final boolean smooth;
    private final int acrossNumber;
    private final int acrossRatio;
    private final int width;
    private final int[] sums;

    /// @param component what its rows belong to
    Upsampling(Component component, Frame frame) {
        int widest = frame.widest();
        int highest = frame.highest();
        wide = component.across * 2 == widest;
        high = component.down * 2 == highest;
        acrossNumber = component.across;
        acrossRatio = widest;
        width = component.width;
        boolean sameHeight = component.down == highest;
        boolean sameWidth = component.across == widest;
        // libjpeg repeats where a row is too short to have neighbours.
        smooth = wide && width > 2 && (sameHeight || high) || sameWidth && high;
        sums = new int[smooth && high ? width : 0];
    }

    /// Whether rows come out as they are.
    boolean isIdentity() {
        return acrossNumber == acrossRatio && !high;
    }

    /// Whether rows above and below matter.
    boolean needsNeighbours() {
        return smooth && high;
    }

    /// @param near the row that the wanted one lies in
    /// @param far the row next to it on the other side; `near` itself at the edges
    /// @param lower whether the wanted row is the lower half of `near`
    /// @param out at least one sample longer than the picture is wide
    void row(byte[] near, byte[] far, boolean lower, byte[] out) {
        if (smooth && high && wide) {
            for (int i = 0; i < width; i++) {
                sums[i] = (near[i] & 0xFF) * 3 + (far[i] & 0xFF);
            }
            both(out);
        } else if (smooth && high) {
            int half = lower ? 2 : 1;
            for (int i = 0; i < width; i++) {
                out[i] = (byte) ((near[i] & 0xFF) * 3 + (far[i] & 0xFF) + half >> 2);
            }
        } else if (smooth) {
            across(near, out);
        } else {
            for (int x = 0; x < out.length; x++) {
                out[x] = near[Math.min(x * acrossNumber / acrossRatio, near.length - 1)];
            }
        }
    }

    private void both(byte[] out) {
        int last = width - 1;
        out[0] = (byte) (sums[0] * 4 + 8 >> 4);
        for (int i = 0; i < last; i++) {
            int left = sums[i];
            int right = sums[i + 1];
            out[2 * i + 1] = (byte) (left * 3 + right + 7 >> 4);
            out[2 * i + 2] = (byte) (right * 3 + left + 8 >> 4);
        }
        out[2 * last + 1] = (byte) (sums[last] * 4 + 7 >> 4);
    }

    private void across(byte[] in, byte[] out) {
        int last = width - 1;
        out[0] = in[0];
        for (int i = 0; i < last; i++) {
            int left = in[i] & 0xFF;
            int right = in[i + 1] & 0xFF;
            out[2 * i + 1] = (byte) (left * 3 + right + 2 >> 2);
            out[2 * i + 2] = (byte) (right * 3 + left + 1 >> 2);
        }
        out[2 * last + 1] = in[last];
    }
}
