package haricot.picture.jpeg;

import haricot.picture.raster.Canvas;
import java.util.List;

/// From rows of coefficients to rows of pixels.
final class PictureRows {
    private final Frame frame;
    private final Colours colours;
    private final Canvas canvas;
    private final List<Samples> samples;
    private final byte[][] current;
    private final byte[] rgb;
    /// How many pixels of the file are one of the rows, across and down: 1 or 2.
    private final int step;
    private final int width;
    private final int height;
    private int next;

    /// @param halved whether pixels are means of 2 x 2 of the file
    PictureRows(Frame frame, Colours colours, Canvas canvas, boolean halved) {
        this.frame = frame;
        this.colours = colours;
        this.canvas = canvas;
        samples = frame.components().stream().map(component -> new Samples(component, frame, halved)).toList();
        step = halved ? 2 : 1;
        width = Math.ceilDiv(frame.width(), step);
        height = Math.ceilDiv(frame.height(), step);
        current = new byte[samples.size()][];
        rgb = new byte[width * 3];
    }

    /// Takes in a row of minimum coded units and hands on the pixels that it completes: all but those at its lower edge,
    /// which wait for the row below.
    ///
    /// @param unitRow counted from the top, in order
    void add(int unitRow, Coefficients coefficients) {
        for (Component component : frame.components()) {
            for (int i = 0; i < component.down; i++) {
                int blockRow = unitRow * component.down + i;
                samples.get(component.index).transform(coefficients.row(component, blockRow), blockRow);
            }
        }
        int highest = frame.highest() / step;
        boolean last = unitRow + 1 == frame.unitsHigh();
        int until = last ? height : (unitRow + 1) * 8 * frame.highest() / step - highest;
        for (; next < until; next++) {
            for (int i = 0; i < current.length; i++) {
                current[i] = samples.get(i).row(next);
            }
            colours.convert(current, width, rgb);
            canvas.row(rgb);
        }
    }
}
