package haricot.picture.jpeg;

import haricot.picture.raster.UnreadablePicture;
import java.util.List;

/// A scan's header (T.81, B.2.3) with the tables that were in force.
///
/// @param parts the components in it
/// @param coding how its coefficients are written
/// @param restartInterval minimum coded units between restart markers, 0 for none
/// @param start where in the file its data start
record Scan(List<Part> parts, Coding coding, int restartInterval, int start) {

    /// One component's part.
    ///
    /// @param dc code of the first coefficients, `null` where the scan has none
    /// @param ac code of the others, likewise
    record Part(Component component, HuffmanTable dc, HuffmanTable ac) {}

    /// Reads a scan to its end, a row of minimum coded units at a time.
    final class Reader {
        private final Frame frame;
        private final ScanBits bits;
        private int untilRestart = restartInterval;

        Reader(byte[] file, Frame frame) {
            this.frame = frame;
            bits = new ScanBits(file, start);
            parts.forEach(part -> part.component.prediction = 0);
        }

        /// How many rows of minimum coded units there are: a component alone has blocks for units.
        int rows() {
            return alone() ? parts.getFirst().component.blocksHigh : frame.unitsHigh();
        }

        /// Reads a row.
        ///
        /// @param row counted from the top; rows are read in order
        void read(int row, Coefficients coefficients) {
            try {
                if (alone()) {
                    readAlone(row, coefficients);
                } else {
                    readInterleaved(row, coefficients);
                }
            } catch (UnreadablePicture damaged) {
                // The zeros behind the end of a file make no sense either: that it ends is the better answer.
                bits.check();
                throw damaged;
            }
            bits.check();
        }

        private boolean alone() {
            return parts.size() == 1;
        }

        private void readAlone(int row, Coefficients coefficients) {
            Part part = parts.getFirst();
            short[] blocks = coefficients.row(part.component, row);
            for (int i = 0; i < part.component.blocksWide; i++) {
                restartWhereDue();
                coding.block(bits, part, blocks, i * 64);
            }
        }

        private void readInterleaved(int row, Coefficients coefficients) {
            for (int unit = 0; unit < frame.unitsWide(); unit++) {
                restartWhereDue();
                for (Part part : parts) {
                    Component component = part.component;
                    for (int down = 0; down < component.down; down++) {
                        short[] blocks = coefficients.row(component, row * component.down + down);
                        for (int across = 0; across < component.across; across++) {
                            coding.block(bits, part, blocks, (unit * component.across + across) * 64);
                        }
                    }
                }
            }
        }

        private void restartWhereDue() {
            if (restartInterval == 0) {
                return;
            }
            if (untilRestart == 0) {
                bits.restart();
                coding.restart();
                parts.forEach(part -> part.component.prediction = 0);
                untilRestart = restartInterval;
            }
            untilRestart--;
        }

        /// Where the marker behind the scan is.
        int end() {
            return bits.marker();
        }
    }
}
