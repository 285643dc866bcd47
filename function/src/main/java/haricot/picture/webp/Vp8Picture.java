package haricot.picture.webp;

import haricot.picture.webp.LoopFilter.Strength;
import java.util.Arrays;

/// Decodes a VP8 key frame a row of macroblocks at a time.
///
/// Each macroblock is predicted and completed in a small field of its own, whose borders hold the unfiltered pixels around
/// it, and is then copied to the rows, where edges are filtered:
///
/// ```
///   127 127 … 127 | from the row above         luma at 33, chroma below it, 32 bytes a row
///   129 ┌────────┐ row above, right: the first
///   129 │ 16×16  │ four of the next macroblock
/// ```
final class Vp8Picture {
    private static final int FIELD = 32;
    private static final int LUMA = FIELD + 8;
    private static final int BLUE = LUMA + FIELD * 17;
    private static final int RED = BLUE + 16;

    private final Vp8Header header;
    private final int wide;
    private final int high;
    private final Residuals residuals;
    private final Vp8Modes modes;
    private final Vp8Transform transform = new Vp8Transform();
    private final byte[] field = new byte[FIELD * 27];
    private final IntraPrediction prediction = new IntraPrediction(field, FIELD);
    /// The lowest unfiltered pixels of the row above: sixteen of luma, eight of each chroma, for each macroblock.
    private final byte[] above;
    private final Strength[] strengths;
    private final boolean[] inner;
    private final YuvRows rows;

    Vp8Picture(Vp8Header header, YuvRows rows) {
        this.header = header;
        this.rows = rows;
        wide = Math.ceilDiv(header.width, 16);
        high = Math.ceilDiv(header.height, 16);
        residuals = new Residuals(header.coefficients, wide);
        modes = new Vp8Modes(header, wide);
        above = new byte[wide * FIELD];
        strengths = new Strength[wide];
        inner = new boolean[wide];
    }

    /// Decodes all rows.
    void decode() {
        for (int row = 0; row < high; row++) {
            BoolReader bits = header.partitions[row & header.partitions.length - 1];
            residuals.startRow();
            modes.startRow();
            startRow(row);
            for (int column = 0; column < wide; column++) {
                modes.read(column);
                boolean any = readResiduals(bits, column);
                strengths[column] = header.filters[modes.segment][modes.whole ? 0 : 1];
                inner[column] = any || !modes.whole;
                reconstruct(row, column, any);
            }
            header.modes.check();
            bits.check();
            filter(row);
            rows.finish(row, row + 1 == high);
        }
    }

    private boolean readResiduals(BoolReader bits, int column) {
        if (modes.skipped) {
            residuals.skip(column, modes.whole);
            return false;
        }
        return residuals.read(bits, column, modes.whole, header.quantisers[modes.segment]);
    }

    private void startRow(int row) {
        for (int y = 0; y < 16; y++) {
            field[LUMA + y * FIELD - 1] = (byte) 129;
        }
        for (int y = 0; y < 8; y++) {
            field[BLUE + y * FIELD - 1] = (byte) 129;
            field[RED + y * FIELD - 1] = (byte) 129;
        }
        byte corner = (byte) (row == 0 ? 127 : 129);
        for (int plane : new int[]{LUMA, BLUE, RED}) {
            field[plane - FIELD - 1] = corner;
        }
        if (row == 0) {
            Arrays.fill(field, LUMA - FIELD, LUMA - FIELD + 20, (byte) 127);
            Arrays.fill(field, BLUE - FIELD, BLUE - FIELD + 8, (byte) 127);
            Arrays.fill(field, RED - FIELD, RED - FIELD + 8, (byte) 127);
        }
    }

    private void reconstruct(int row, int column, boolean any) {
        if (column > 0) {
            moveLeft();
        }
        if (row > 0) {
            int from = column * FIELD;
            System.arraycopy(above, from, field, LUMA - FIELD, 16);
            System.arraycopy(above, from + 16, field, BLUE - FIELD, 8);
            System.arraycopy(above, from + 24, field, RED - FIELD, 8);
        }
        if (modes.whole) {
            prediction.whole(modes.luma[0], LUMA, 16, row > 0, column > 0);
            for (int i = 0; i < 16 && any; i++) {
                transform.add(residuals.coefficients, 16 * i, field, small(i), FIELD);
            }
        } else {
            upperRight(row, column);
            for (int i = 0; i < 16; i++) {
                prediction.small(modes.luma[i], small(i));
                if (any) {
                    transform.add(residuals.coefficients, 16 * i, field, small(i), FIELD);
                }
            }
        }
        for (int plane = 0; plane < 2; plane++) {
            int to = plane == 0 ? BLUE : RED;
            prediction.whole(modes.chroma, to, 8, row > 0, column > 0);
            for (int i = 0; i < 4 && any; i++) {
                transform.add(residuals.coefficients, 16 * (16 + 4 * plane + i), field,
                        to + (i & 1) * 4 + (i >> 1) * 4 * FIELD, FIELD);
            }
        }
        keep(column);
    }

    private static int small(int block) {
        return LUMA + (block & 3) * 4 + (block >> 2) * 4 * FIELD;
    }

    /// What was the macroblock is now on the left of it.
    private void moveLeft() {
        for (int y = -1; y < 16; y++) {
            int row = LUMA + y * FIELD;
            field[row - 1] = field[row + 15];
        }
        for (int y = -1; y < 8; y++) {
            int row = y * FIELD;
            field[BLUE + row - 1] = field[BLUE + row + 7];
            field[RED + row - 1] = field[RED + row + 7];
        }
    }

    /// The four pixels on the upper right serve all four blocks at the right edge, not the highest one alone.
    private void upperRight(int row, int column) {
        int right = LUMA - FIELD + 16;
        if (row > 0) {
            if (column + 1 < wide) {
                System.arraycopy(above, (column + 1) * FIELD, field, right, 4);
            } else {
                Arrays.fill(field, right, right + 4, above[column * FIELD + 15]);
            }
        }
        for (int y = 4; y < 16; y += 4) {
            System.arraycopy(field, right, field, right + y * FIELD, 4);
        }
    }

    private void keep(int column) {
        int to = column * FIELD;
        System.arraycopy(field, LUMA + 15 * FIELD, above, to, 16);
        System.arraycopy(field, BLUE + 7 * FIELD, above, to + 16, 8);
        System.arraycopy(field, RED + 7 * FIELD, above, to + 24, 8);
        rows.luma().put(field, LUMA, FIELD, column);
        rows.blue().put(field, BLUE, FIELD, column);
        rows.red().put(field, RED, FIELD, column);
    }

    private void filter(int row) {
        for (int column = 0; column < wide; column++) {
            if (strengths[column].limit() > 0) {
                for (YuvRows.Plane plane : rows.planes(header.simpleFilter)) {
                    plane.filter(strengths[column], row, column, inner[column], header.simpleFilter);
                }
            }
        }
    }
}
