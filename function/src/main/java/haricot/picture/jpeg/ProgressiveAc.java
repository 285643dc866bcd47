package haricot.picture.jpeg;

import haricot.picture.jpeg.Scan.Part;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;

/// A band of the coefficients behind the first, of which one scan writes the upper bits and later ones a bit each
/// (T.81, G.1.2.2 and G.1.2.3).
final class ProgressiveAc implements Coding {
    private final int from;
    private final int to;
    private final boolean refining;
    private final int low;
    /// How many more blocks have no new coefficients in this band.
    private int emptyBlocks;

    /// @param from first coefficient of the band in zigzag order, 1 to 63
    /// @param to its last
    /// @param refining whether earlier scans wrote upper bits
    /// @param low how many bits are left for later scans
    ProgressiveAc(int from, int to, boolean refining, int low) {
        this.from = from;
        this.to = to;
        this.refining = refining;
        this.low = low;
    }

    @Override
    public void restart() {
        emptyBlocks = 0;
    }

    @Override
    public void block(ScanBits bits, Part part, short[] coefficients, int at) {
        if (refining) {
            refine(bits, part.ac(), coefficients, at);
        } else {
            first(bits, part.ac(), coefficients, at);
        }
    }

    private void first(ScanBits bits, HuffmanTable code, short[] coefficients, int at) {
        if (emptyBlocks > 0) {
            emptyBlocks--;
            return;
        }
        for (int k = from; k <= to; k++) {
            int symbol = bits.symbol(code);
            int run = symbol >> 4;
            int length = symbol & 15;
            if (length == 0) {
                if (run < 15) {
                    emptyBlocks = (1 << run) + bits.bits(run) - 1;
                    return;
                }
                k += 15;
                continue;
            }
            k += run;
            if (k > to) {
                throw Coding.beyond();
            }
            coefficients[at + Zigzag.NATURAL[k]] = (short) (bits.signed(length) << low);
        }
    }

    private void refine(ScanBits bits, HuffmanTable code, short[] coefficients, int at) {
        int k = from;
        while (k <= to && emptyBlocks == 0) {
            int symbol = bits.symbol(code);
            int run = symbol >> 4;
            int length = symbol & 15;
            if (length > 1) {
                throw UnreadablePicture.damaged(ImageFormat.JPEG, "a scan refines by more than a bit");
            }
            int value = 0;
            if (length == 1) {
                value = bits.bits(1) == 1 ? 1 << low : -1 << low;
            } else if (run < 15) {
                emptyBlocks = (1 << run) + bits.bits(run);
                break;
            }
            k = refineUntil(bits, coefficients, at, k, run);
            if (value != 0) {
                if (k > to) {
                    throw Coding.beyond();
                }
                coefficients[at + Zigzag.NATURAL[k]] = (short) value;
            }
            k++;
        }
        if (emptyBlocks > 0) {
            refineUntil(bits, coefficients, at, k, 64);
            emptyBlocks--;
        }
    }

    /// Reads a bit for each coefficient that there is already, and passes over as many others.
    ///
    /// @return where the next other one is, behind the band if there is none
    private int refineUntil(ScanBits bits, short[] coefficients, int at, int start, int others) {
        int left = others;
        int k = start;
        for (; k <= to; k++) {
            int index = at + Zigzag.NATURAL[k];
            short coefficient = coefficients[index];
            if (coefficient == 0) {
                if (--left < 0) {
                    break;
                }
            } else if (bits.bits(1) == 1 && (coefficient & 1 << low) == 0) {
                coefficients[index] += (short) (coefficient > 0 ? 1 << low : -1 << low);
            }
        }
        return k;
    }
}
