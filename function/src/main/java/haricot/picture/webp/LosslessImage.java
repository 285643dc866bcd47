package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Decodes the pixels of a lossless image (RFC 9649, 3): a picture, the alpha of a lossy one, or what a transform of either
/// needs.
///
/// Pixels refer back by up to 2²⁰, so no more of them are kept; rows are handed on as they come.
final class LosslessImage {
    private static final int WINDOW = 1 << 20;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int MOST_CACHE_BITS = 11;
    private static final int HASH = 0x1E35A7BD;
    /// The 120 nearest pixels, nearest first: sixteen times the rows up, plus eight less the columns to the left.
    private static final String NEAR = """
            18 07 17 19 28 06 27 29 16 1a 26 2a 38 05 37 39 15 1b 36 3a 25 2b 48 04 47 49 14 1c 35 3b 46 4a 24 2c 58 45 4b 34 3c 03
            57 59 13 1d 56 5a 23 2d 44 4c 55 5b 33 3d 68 02 67 69 12 1e 66 6a 22 2e 54 5c 43 4d 65 6b 32 3e 78 01 77 79 53 5d 11 1f
            64 6c 42 4e 76 7a 21 2f 75 7b 31 3f 63 6d 52 5e 00 74 7c 41 4f 10 20 62 6e 30 73 7d 51 5f 40 72 7e 61 6f 50 71 7f 60 70
            """;
    private static final int[] PLACES = NEAR.lines().flatMap(line -> java.util.Arrays.stream(line.split(" ")))
            .mapToInt(place -> Integer.parseInt(place, 16)).toArray();

    private final LosslessBits bits;

    LosslessImage(LosslessBits bits) {
        this.bits = bits;
    }

    LosslessBits bits() {
        return bits;
    }

    /// How many squares cover a side.
    static int squares(int side, int bits) {
        return side + (1 << bits) - 1 >> bits;
    }

    /// Decodes a picture.
    ///
    /// @param rows takes each row: alpha, red, green, blue from the highest byte; good until the next
    void decode(int width, int height, Consumer<int[]> rows) {
        List<LosslessTransform> transforms = new ArrayList<>();
        Set<LosslessTransform.Kind> seen = EnumSet.noneOf(LosslessTransform.Kind.class);
        int packed = width;
        while (bits.flag()) {
            LosslessTransform.Kind kind = LosslessTransform.Kind.of(bits.number(2));
            if (!seen.add(kind)) {
                throw damaged("a transform comes twice");
            }
            LosslessTransform transform = LosslessTransform.read(kind, this, packed, height);
            packed = transform.packedWidth();
            transforms.addFirst(transform);
        }
        int[] y = {0};
        pixels(packed, height, true, row -> {
            int[] turned = row;
            for (LosslessTransform transform : transforms) {
                turned = transform.apply(turned, y[0]);
            }
            y[0]++;
            rows.accept(turned);
        });
    }

    /// Decodes an image that is a part of another's description.
    int[] inner(int width, int height) {
        int[] all = new int[width * height];
        int[] at = {0};
        pixels(width, height, false, row -> {
            System.arraycopy(row, 0, all, at[0], width);
            at[0] += width;
        });
        return all;
    }

    private void pixels(int width, int height, boolean outermost, Consumer<int[]> rows) {
        int cacheBits = bits.flag() ? bits.number(4) : -1;
        if (cacheBits == 0 || cacheBits > MOST_CACHE_BITS) {
            throw damaged("its colour cache has an impossible size");
        }
        int[] cache = new int[cacheBits < 0 ? 0 : 1 << cacheBits];
        LosslessCodes codes = LosslessCodes.read(this, width, height, outermost, cache.length);
        long total = (long) width * height;
        int[] window = new int[Integer.highestOneBit((int) Math.min(WINDOW, 2 * total - 1))];
        int mask = window.length - 1;
        int[] row = new int[width];
        PrefixCode[] group = codes.at(0, 0);
        int x = 0;
        int y = 0;
        long at = 0;
        while (at < total) {
            if (codes.startsSquare(x)) {
                group = codes.at(x, y);
            }
            int symbol = group[0].symbol(bits);
            int repeat = 1;
            int distance = 0;
            int pixel = 0;
            if (symbol < LITERALS) {
                int red = group[1].symbol(bits);
                int blue = group[2].symbol(bits);
                pixel = group[3].symbol(bits) << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < LITERALS + LENGTHS) {
                repeat = number(symbol - LITERALS);
                distance = distance(number(group[4].symbol(bits)), width);
                if (distance > at || repeat > total - at) {
                    throw damaged("it refers to pixels that are not there");
                }
            } else {
                pixel = cache[symbol - LITERALS - LENGTHS];
            }
            for (; repeat > 0; repeat--) {
                if (distance > 0) {
                    pixel = window[(int) (at - distance) & mask];
                }
                window[(int) at & mask] = pixel;
                if (cacheBits > 0) {
                    cache[pixel * HASH >>> 32 - cacheBits] = pixel;
                }
                at++;
                row[x++] = pixel;
                if (x == width) {
                    rows.accept(row);
                    x = 0;
                    y++;
                    if (at < total) {
                        group = codes.at(0, y);
                    }
                }
            }
            if (distance > 0 && at < total) {
                group = codes.at(x, y);
            }
        }
    }

    /// Lengths and distances (RFC 9649, 3.6.2.2): a prefix and extra bits.
    private int number(int prefix) {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extra = prefix - 2 >> 1;
        return (2 + (prefix & 1) << extra) + bits.number(extra) + 1;
    }

    private static int distance(int code, int width) {
        if (code > PLACES.length) {
            return code - PLACES.length;
        }
        int place = PLACES[code - 1];
        return Math.max(1, (place >> 4) * width + 8 - (place & 15));
    }

    private static UnreadablePicture damaged(String what) {
        return UnreadablePicture.damaged(ImageFormat.WEBP, what);
    }
}
