package haricot.vision.jpeg;

/// The latest rows of one component's samples, in a ring: as many as two rows of minimum coded units need, because a row
/// of the picture may want a sample row above it and one below.
final class Samples {
    private final Component component;
    private final Upsampling upsampling;
    private final byte[][] rows;
    private final Idct idct = new Idct();
    private final byte[] upsampled;
    private final int highest;

    Samples(Component component, Frame frame) {
        this.component = component;
        upsampling = new Upsampling(component, frame);
        rows = new byte[2 * 8 * component.down][component.paddedBlocksWide * 8];
        upsampled = new byte[frame.width() + 1];
        highest = frame.highest();
    }

    /// Takes in the coefficients of a row of blocks.
    ///
    /// @param blockRow counted from the top of the component
    void transform(short[] coefficients, int blockRow) {
        int row = blockRow * 8 % rows.length;
        for (int block = 0; block < component.paddedBlocksWide; block++) {
            idct.transform(coefficients, block * 64, component.quantisation, rows, row, block * 8);
        }
    }

    /// A row of the component at the picture's size.
    ///
    /// @param y row of the picture
    /// @return good until the next call
    byte[] row(int y) {
        int row = y * component.down / highest;
        byte[] near = rows[row % rows.length];
        if (component.down == highest && upsampling.isIdentity()) {
            return near;
        }
        boolean lower = upsampling.needsNeighbours() && y % 2 == 1;
        int beside = Math.clamp(row + (lower ? 1L : -1L), 0, component.height - 1);
        upsampling.row(near, rows[beside % rows.length], lower, upsampled);
        return upsampled;
    }
}
