package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.Arrays;

/// The header of a VP8 key frame (RFC 6386, 9 and 19.2).
final class Vp8Header {
    private static final int SEGMENTS = 4;
    private static final int START = 10;

    final int width;
    final int height;
    /// Where the modes of macroblocks come from.
    final BoolReader modes;
    /// Where coefficients come from: macroblock row i reads from partition i modulo their number.
    final BoolReader[] partitions;
    final boolean segmentsMapped;
    final int[] segmentProbabilities = {255, 255, 255};
    final Vp8Quantiser[] quantisers = new Vp8Quantiser[SEGMENTS];
    final LoopFilter.Strength[][] filters = new LoopFilter.Strength[SEGMENTS][2];
    final boolean simpleFilter;
    /// Probabilities of tokens, laid out like [Vp8Tables#COEFFICIENTS].
    final int[] coefficients = Vp8Tables.COEFFICIENTS.clone();
    /// Probability that a macroblock is not skipped, 0 where none is.
    final int skipProbability;

    private final boolean segmented;
    private boolean absolute;
    private final int[] segmentQuantisers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];

    /// @param file the file
    /// @param start where the frame starts
    /// @param end where it ends
    Vp8Header(byte[] file, int start, int end) {
        if (end - start < START) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        int tag = file[start] & 0xFF | (file[start + 1] & 0xFF) << 8 | (file[start + 2] & 0xFF) << 16;
        boolean magic = file[start + 3] == (byte) 0x9D && file[start + 4] == 1 && file[start + 5] == 0x2A;
        if ((tag & 1) != 0 || !magic || (tag >> 1 & 7) > 3) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP, "its frame has no header");
        }
        width = Riff.two(file, start + 6) & 0x3FFF;
        height = Riff.two(file, start + 8) & 0x3FFF;
        if (width == 0 || height == 0) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP, "its width or height is 0");
        }
        int firstEnd = start + START + (tag >> 5);
        if (firstEnd > end) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        modes = new BoolReader(file, start + START, firstEnd);
        modes.flag();
        modes.flag();
        segmented = modes.flag();
        segmentsMapped = segmented && readSegments();
        simpleFilter = modes.flag();
        readFilters();
        partitions = partitions(file, firstEnd, end, 1 << modes.number(2));
        readQuantisers();
        modes.flag();
        readCoefficients();
        skipProbability = modes.flag() ? modes.number(8) : 0;
        modes.check();
    }

    /// @return whether each macroblock says its segment
    private boolean readSegments() {
        boolean mapped = modes.flag();
        if (modes.flag()) {
            absolute = modes.flag();
            Arrays.setAll(segmentQuantisers, i -> modes.optional(7));
            Arrays.setAll(segmentLevels, i -> modes.optional(6));
        }
        if (mapped) {
            Arrays.setAll(segmentProbabilities, i -> modes.flag() ? modes.number(8) : 255);
        }
        return mapped;
    }

    private void readFilters() {
        int level = modes.number(6);
        int sharpness = modes.number(3);
        int[] byReference = new int[4];
        int[] byMode = new int[4];
        boolean deltas = modes.flag();
        if (deltas && modes.flag()) {
            Arrays.setAll(byReference, i -> modes.optional(6));
            Arrays.setAll(byMode, i -> modes.optional(6));
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int base = !segmented ? level : absolute ? segmentLevels[segment] : level + segmentLevels[segment];
            int whole = deltas ? base + byReference[0] : base;
            int split = deltas ? whole + byMode[0] : base;
            // A frame whose own level is 0 is not filtered, whatever its segments say.
            filters[segment][0] = LoopFilter.Strength.of(level == 0 ? 0 : whole, sharpness);
            filters[segment][1] = LoopFilter.Strength.of(level == 0 ? 0 : split, sharpness);
        }
    }

    private static BoolReader[] partitions(byte[] file, int sizes, int end, int count) {
        BoolReader[] partitions = new BoolReader[count];
        int at = sizes + 3 * (count - 1);
        for (int i = 0; i < count; i++) {
            if (at > end) {
                throw UnreadablePicture.truncated(ImageFormat.WEBP);
            }
            int size = sizes + 3 * i;
            boolean last = i == count - 1;
            int next = last
                    ? end
                    : at + (file[size] & 0xFF | (file[size + 1] & 0xFF) << 8 | (file[size + 2] & 0xFF) << 16);
            if (next > end) {
                throw UnreadablePicture.truncated(ImageFormat.WEBP);
            }
            partitions[i] = new BoolReader(file, at, next);
            at = next;
        }
        return partitions;
    }

    private void readQuantisers() {
        int base = modes.number(7);
        int[] deltas = new int[5];
        Arrays.setAll(deltas, i -> modes.optional(4));
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int own = segmentQuantisers[segment];
            quantisers[segment] = Vp8Quantiser.of(!segmented ? base : absolute ? own : base + own, deltas);
        }
    }

    private void readCoefficients() {
        for (int i = 0; i < coefficients.length; i++) {
            if (modes.bit(Vp8Tables.UPDATES[i]) == 1) {
                coefficients[i] = modes.number(8);
            }
        }
    }
}
