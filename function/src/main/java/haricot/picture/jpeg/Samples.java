package haricot.picture.jpeg;

/// The latest rows of one component's samples, in a ring: as many as two rows of minimum coded units need, because a row
/// of the picture may want a sample row above it and one below.
final class Samples {
    private final Component component;
    private final Upsampling upsampling;
    /// Whether the picture comes out at half its size.
    private final boolean halved;
    /// Samples of a block, across and down.
    private final int size;
    private final byte[][] rows;
    private final Idct idct = new Idct();
    private HalfIdct halfIdct;
    private final byte[] upsampled;
    private final int highest;

    Samples(Component component, Frame frame, boolean halved) {
        this.component = component;
        this.halved = halved;
        highest = frame.highest();
        upsampling = new Upsampling(component, frame);
        // At half its size a picture takes chroma of half its size nearly as it is.
        size = halved && component.down == highest ? 4 : 8;
        rows = new byte[2 * size * component.down][component.paddedBlocksWide * size];
        upsampled = new byte[frame.width() + 1];
    }

    /// Takes in the coefficients of a row of blocks.
    ///
    /// @param blockRow counted from the top of the component
    void transform(short[] coefficients, int blockRow) {
        int row = blockRow * size % rows.length;
        if (size == 4 && halfIdct == null) {
            halfIdct = new HalfIdct(component.quantisation);
        }
        for (int block = 0; block < component.paddedBlocksWide; block++) {
            if (size == 4) {
                halfIdct.transform(coefficients, block * 64, rows, row, block * 4);
            } else {
                idct.transform(coefficients, block * 64, component.quantisation, rows, row, block * 8);
            }
        }
    }

    /// A row of the component at the picture's size.
    ///
    /// @param y row of the picture
    /// @return good until the next call
    byte[] row(int y) {
        if (halved) {
            return size == 4 ? rows[y % rows.length] : softened(y);
        }
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

    /// What remains of a row of chroma when it is brought to the size of luma and then halved: an eighth of each neighbour,
    /// both ways.
    private byte[] softened(int y) {
        byte[] above = rows[Math.max(y - 1, 0) % rows.length];
        byte[] near = rows[y % rows.length];
        byte[] below = rows[Math.min(y + 1, component.height - 1) % rows.length];
        int last = component.width - 1;
        int left = sum(above, near, below, 0);
        int middle = left;
        for (int x = 0; x <= last; x++) {
            int right = sum(above, near, below, Math.min(x + 1, last));
            upsampled[x] = (byte) (left + 6 * middle + right + 32 >> 6);
            left = middle;
            middle = right;
        }
        return upsampled;
    }

    private static int sum(byte[] above, byte[] near, byte[] below, int x) {
        return (above[x] & 0xFF) + 6 * (near[x] & 0xFF) + (below[x] & 0xFF);
    }
}
