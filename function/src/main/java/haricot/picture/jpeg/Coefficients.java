package haricot.picture.jpeg;

import java.util.Arrays;

/// Rows of blocks of coefficients, of the whole picture or of one row of minimum coded units after the other.
///
/// Each row is an array of its own: a picture of 50 million pixels needs up to 300 MB, which no heap of 512 MB has in one
/// piece.
final class Coefficients {
    private final short[][][] rows;

    private Coefficients(short[][][] rows) {
        this.rows = rows;
    }

    /// Room for all, for files whose scans refine each other.
    static Coefficients whole(Frame frame) {
        short[][][] rows = new short[frame.components().size()][][];
        for (Component component : frame.components()) {
            rows[component.index] = new short[component.paddedBlocksHigh][component.paddedBlocksWide * 64];
        }
        return new Coefficients(rows);
    }

    /// Room for one row of minimum coded units.
    static Coefficients strip(Frame frame) {
        short[][][] rows = new short[frame.components().size()][][];
        for (Component component : frame.components()) {
            rows[component.index] = new short[component.down][component.paddedBlocksWide * 64];
        }
        return new Coefficients(rows);
    }

    /// A row of blocks, 64 coefficients each in natural order.
    short[] row(Component component, int blockRow) {
        short[][] own = rows[component.index];
        return own[blockRow % own.length];
    }

    /// Makes all coefficients zero.
    void clear() {
        for (short[][] component : rows) {
            for (short[] row : component) {
                Arrays.fill(row, (short) 0);
            }
        }
    }

    /// Gives the memory of a row of minimum coded units back that is not needed any more.
    void drop(Frame frame, int unitRow) {
        for (Component component : frame.components()) {
            Arrays.fill(rows[component.index], unitRow * component.down, (unitRow + 1) * component.down, null);
        }
    }
}
