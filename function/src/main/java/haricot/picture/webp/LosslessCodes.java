package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// The prefix codes of a lossless image: one group of five, or one for each square of it (RFC 9649, 3.7.2.2).
///
/// @param groups of codes: green, lengths and colours of the cache; red; blue; alpha; distances
/// @param map the number of the group of each square, empty where there is one group
/// @param bits how large squares are: the logarithm of their side
/// @param squaresWide how many squares are in a row
record LosslessCodes(PrefixCode[][] groups, int[] map, int bits, int squaresWide) {
    /// Encoders stop at 2,600; each group takes some six kilobytes.
    private static final int MOST_GROUPS = 10_000;
    private static final int[] ALPHABETS = {256 + 24, 256, 256, 256, 40};

    /// Reads the codes of an image.
    ///
    /// @param outermost whether it is the picture itself, which alone may have several groups
    /// @param cacheSize number of colours in the cache
    static LosslessCodes read(LosslessImage image, int width, int height, boolean outermost, int cacheSize) {
        LosslessBits in = image.bits();
        int[] map = {};
        int bits = 0;
        int most = 0;
        if (outermost && in.flag()) {
            bits = 2 + in.number(3);
            map = image.inner(LosslessImage.squares(width, bits), LosslessImage.squares(height, bits));
            for (int i = 0; i < map.length; i++) {
                map[i] = map[i] >> 8 & 0xFFFF;
                most = Math.max(most, map[i]);
            }
        }
        if (most >= MOST_GROUPS) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP,
                    "it has more than %d groups of codes".formatted(MOST_GROUPS));
        }
        PrefixCode[][] groups = new PrefixCode[most + 1][ALPHABETS.length];
        for (PrefixCode[] group : groups) {
            for (int i = 0; i < group.length; i++) {
                group[i] = PrefixCode.read(in, ALPHABETS[i] + (i == 0 ? cacheSize : 0));
            }
        }
        return new LosslessCodes(groups, map, bits, LosslessImage.squares(width, bits));
    }

    /// The codes for a pixel.
    PrefixCode[] at(int x, int y) {
        return map.length == 0 ? groups[0] : groups[map[(y >> bits) * squaresWide + (x >> bits)]];
    }

    /// Whether a pixel is the first of a square in its row.
    boolean startsSquare(int x) {
        return (x & (1 << bits) - 1) == 0;
    }
}
