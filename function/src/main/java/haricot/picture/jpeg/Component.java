package haricot.picture.jpeg;

/// One of the colour planes of a frame: its size and where its coefficients go.
final class Component {
    /// Its place in the frame.
    final int index;
    final int id;
    /// Blocks of a minimum coded unit, across and down.
    final int across;
    final int down;
    final int tableIndex;
    /// In blocks, with what fills up the last minimum coded unit.
    final int paddedBlocksWide;
    final int paddedBlocksHigh;
    /// In blocks, as a scan of this component alone has them.
    final int blocksWide;
    final int blocksHigh;
    /// In samples.
    final int width;
    final int height;
    /// Quantisation, in zigzag order turned natural; taken when the component's first scan starts.
    int[] quantisation;
    /// The last DC coefficient of the scan.
    int prediction;

    Component(int index, Frame.Sampling sampling, int widest, int highest, int frameWidth, int frameHeight) {
        this.index = index;
        id = sampling.id();
        across = sampling.across();
        down = sampling.down();
        tableIndex = sampling.tableIndex();
        width = ceil(frameWidth * across, widest);
        height = ceil(frameHeight * down, highest);
        blocksWide = ceil(width, 8);
        blocksHigh = ceil(height, 8);
        paddedBlocksWide = ceil(frameWidth, 8 * widest) * across;
        paddedBlocksHigh = ceil(frameHeight, 8 * highest) * down;
    }

    static int ceil(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }
}
