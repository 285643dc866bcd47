package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.Arrays;

/// A canonical prefix code of a lossless image (RFC 9649, 3.7.2.1), of at most 15 bits and 4096 symbols.
final class PrefixCode {
    private static final int LONGEST = 15;
    /// Codes of up to this many bits are found in one step.
    private static final int LOOKUP_BITS = 8;
    /// In what order the lengths of the code of lengths come.
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /// By the next bits: length of the code times 4096 plus its symbol, 0 where it is longer; empty for a single symbol.
    private final char[] lookup;
    private final int lookupBits;
    /// Number of codes by length.
    private final int[] counts = new int[LONGEST + 1];
    private final char[] symbols;

    private PrefixCode(int[] lengths) {
        int longest = 0;
        int used = 0;
        for (int length : lengths) {
            counts[length]++;
            longest = Math.max(longest, length);
            used += length > 0 ? 1 : 0;
        }
        counts[0] = 0;
        symbols = new char[used];
        int[] places = new int[LONGEST + 2];
        for (int i = 1; i <= LONGEST; i++) {
            places[i + 1] = places[i] + counts[i];
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[places[lengths[symbol]]++] = (char) symbol;
            }
        }
        lookupBits = used == 1 ? 0 : Math.min(longest, LOOKUP_BITS);
        lookup = used == 1 ? new char[0] : lookup();
    }

    private char[] lookup() {
        char[] table = new char[1 << lookupBits];
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                if (code >= 1 << length) {
                    throw impossible();
                }
                if (length <= lookupBits) {
                    int reversed = Integer.reverse(code) >>> 32 - length;
                    for (int k = reversed; k < table.length; k += 1 << length) {
                        table[k] = (char) (length << 12 | symbols[index]);
                    }
                }
            }
        }
        if (code != 1 << LONGEST) {
            throw impossible();
        }
        return table;
    }

    /// Reads a code.
    ///
    /// @param alphabet number of symbols
    static PrefixCode read(LosslessBits bits, int alphabet) {
        int[] lengths = new int[alphabet];
        if (bits.flag()) {
            boolean two = bits.flag();
            mark(lengths, bits.number(bits.flag() ? 8 : 1));
            if (two) {
                mark(lengths, bits.number(8));
            }
            return new PrefixCode(lengths);
        }
        int[] ofLengths = new int[ORDER.length];
        int count = 4 + bits.number(4);
        for (int i = 0; i < count; i++) {
            ofLengths[ORDER[i]] = bits.number(3);
        }
        readLengths(bits, of(ofLengths), lengths);
        return of(lengths);
    }

    private static void mark(int[] lengths, int symbol) {
        if (symbol >= lengths.length) {
            throw impossible();
        }
        lengths[symbol] = 1;
    }

    private static PrefixCode of(int[] lengths) {
        if (Arrays.stream(lengths).allMatch(length -> length == 0)) {
            throw impossible();
        }
        return new PrefixCode(lengths);
    }

    private static void readLengths(LosslessBits bits, PrefixCode code, int[] lengths) {
        int left = bits.flag() ? 2 + bits.number(2 + 2 * bits.number(3)) : lengths.length;
        if (left > lengths.length) {
            throw impossible();
        }
        int previous = 8;
        int at = 0;
        for (; at < lengths.length && left > 0; left--) {
            int symbol = code.symbol(bits);
            if (symbol < 16) {
                lengths[at++] = symbol;
                previous = symbol == 0 ? previous : symbol;
                continue;
            }
            int repeat = switch (symbol) {
                case 16 -> 3 + bits.number(2);
                case 17 -> 3 + bits.number(3);
                default -> 11 + bits.number(7);
            };
            if (at + repeat > lengths.length) {
                throw impossible();
            }
            Arrays.fill(lengths, at, at + repeat, symbol == 16 ? previous : 0);
            at += repeat;
        }
    }

    /// Reads a symbol.
    int symbol(LosslessBits bits) {
        if (lookupBits == 0) {
            return symbols[0];
        }
        int next = bits.peek(LONGEST);
        int entry = lookup[next & (1 << lookupBits) - 1];
        if (entry != 0) {
            bits.take(entry >> 12);
            return entry & 0xFFF;
        }
        return search(bits, next);
    }

    private int search(LosslessBits bits, int next) {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code = code << 1 | next >> length - 1 & 1;
            first <<= 1;
            int count = counts[length];
            if (code - first < count) {
                bits.take(length);
                return symbols[index + code - first];
            }
            index += count;
            first += count;
        }
        throw impossible();
    }

    private static UnreadablePicture impossible() {
        return UnreadablePicture.damaged(ImageFormat.WEBP, "a prefix code is impossible");
    }
}
