package haricot.picture.jpeg;

import haricot.picture.jpeg.Scan.Part;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// How the coefficients of a scan are written (T.81, annexes F.2 and G.2). One object reads one scan.
sealed interface Coding permits Coding.Sequential, Coding.FirstDc, Coding.RefinedDc, ProgressiveAc {
    /// Reads a block.
    ///
    /// @param coefficients what it is written into, or what it refines
    /// @param at where in them the block starts
    void block(ScanBits bits, Part part, short[] coefficients, int at);

    /// A restart marker was passed.
    default void restart() {}

    /// All coefficients of a block, one block after the other.
    record Sequential() implements Coding {
        @Override
        public void block(ScanBits bits, Part part, short[] coefficients, int at) {
            int size = bits.symbol(part.dc());
            part.component().prediction += bits.signed(size);
            coefficients[at] = (short) part.component().prediction;
            HuffmanTable ac = part.ac();
            for (int k = 1; k < 64; k++) {
                int symbol = bits.symbol(ac);
                int length = symbol & 15;
                if (length == 0) {
                    if (symbol != 0xF0) {
                        return;
                    }
                    k += 15;
                    continue;
                }
                k += symbol >> 4;
                if (k > 63) {
                    throw beyond();
                }
                coefficients[at + Zigzag.NATURAL[k]] = (short) bits.signed(length);
            }
        }
    }

    /// The upper bits of the first coefficients.
    ///
    /// @param low how many bits are left for later scans
    record FirstDc(int low) implements Coding {
        @Override
        public void block(ScanBits bits, Part part, short[] coefficients, int at) {
            part.component().prediction += bits.signed(bits.symbol(part.dc()));
            coefficients[at] = (short) (part.component().prediction << low);
        }
    }

    /// One more bit of the first coefficients.
    record RefinedDc(int low) implements Coding {
        @Override
        public void block(ScanBits bits, Part part, short[] coefficients, int at) {
            if (bits.bits(1) == 1) {
                coefficients[at] |= (short) (1 << low);
            }
        }
    }

    static UnreadablePicture beyond() {
        return UnreadablePicture.damaged(ImageFormat.JPEG, "a block has more than 64 coefficients");
    }
}
