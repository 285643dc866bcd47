package haricot.picture.jpeg;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// A Huffman code of a JPEG file (ITU T.81, annex C and F.2.2.3), as tables to look it up in.
final class HuffmanTable {
    /// Codes of up to this many bits are found in one step. Nine covers more than 95 % of the codes in photographs
    /// in a table that stays in the first cache; longer ones are searched for by length.
    static final int LOOKUP_BITS = 9;
    private static final int LONGEST = 16;

    /// By the next nine bits: length of the code times 256 plus its symbol, 0 where the code is longer.
    final short[] lookup = new short[1 << LOOKUP_BITS];
    /// By length: the first code that is too large for the length, moved up to 16 bits.
    private final int[] limit = new int[LONGEST + 2];
    /// By length: what to add to a code to have the index of its symbol.
    private final int[] offset = new int[LONGEST + 1];
    private final byte[] symbols;

    /// @param counts number of codes of each length from 1 to 16
    /// @param symbols in the order of their codes
    HuffmanTable(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            offset[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++) {
                if (length <= LOOKUP_BITS) {
                    fill(code << (LOOKUP_BITS - length), LOOKUP_BITS - length,
                            (short) (length << 8 | symbols[index] & 0xFF));
                }
                code++;
                index++;
            }
            if (code > 1 << length) {
                throw UnreadablePicture.damaged(ImageFormat.JPEG, "a Huffman table has too many codes");
            }
            limit[length] = code << (LONGEST - length);
            code <<= 1;
        }
        limit[LONGEST + 1] = Integer.MAX_VALUE;
    }

    private void fill(int from, int freeBits, short entry) {
        int to = from + (1 << freeBits);
        if (to > lookup.length) {
            throw UnreadablePicture.damaged(ImageFormat.JPEG, "a Huffman table has too many codes");
        }
        java.util.Arrays.fill(lookup, from, to, entry);
    }

    /// A code that is longer than the table looks up.
    ///
    /// @param bits the next 16 bits
    /// @return length times 256 plus symbol
    int search(int bits) {
        int length = LOOKUP_BITS + 1;
        while (bits >= limit[length]) {
            length++;
        }
        int index = length > LONGEST ? -1 : (bits >> (LONGEST - length)) + offset[length];
        if (index < 0 || index >= symbols.length) {
            throw UnreadablePicture.damaged(ImageFormat.JPEG, "its data hold a code that no table has");
        }
        return length << 8 | symbols[index] & 0xFF;
    }
}
