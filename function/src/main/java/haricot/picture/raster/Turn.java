package haricot.picture.raster;

/// How a picture becomes upright: one of the eight orientations of EXIF, as the step of a walk through its pixels.
///
/// @param swapped whether width and height change places
/// @param fromRight whether a row of the upright picture is read against its direction
/// @param fromBottom whether the rows are
public record Turn(boolean swapped, boolean fromRight, boolean fromBottom) {

    /// @param orientation 1 to 8
    public static Turn of(int orientation) {
        return switch (orientation) {
            case 2 -> new Turn(false, true, false);
            case 3 -> new Turn(false, true, true);
            case 4 -> new Turn(false, false, true);
            case 5 -> new Turn(true, false, false);
            case 6 -> new Turn(true, true, false);
            case 7 -> new Turn(true, true, true);
            case 8 -> new Turn(true, false, true);
            default -> new Turn(false, false, false);
        };
    }

    /// Turns a picture.
    ///
    /// @param header of its file
    /// @param width of its pixels as they are
    /// @param height likewise
    public Image image(ImageHeader header, int width, int height, byte[] rgb) {
        if (!swapped && !fromRight && !fromBottom) {
            return new Image(header.format(), header.width(), header.height(), width, height, rgb);
        }
        int turnedWidth = swapped ? height : width;
        int turnedHeight = swapped ? width : height;
        int right = (swapped ? width : 1) * (fromRight ? -3 : 3);
        int down = (swapped ? 1 : width) * (fromBottom ? -3 : 3);
        int start = (fromRight ? -right * (turnedWidth - 1) : 0) + (fromBottom ? -down * (turnedHeight - 1) : 0);
        byte[] turned = new byte[rgb.length];
        int to = 0;
        for (int y = 0; y < turnedHeight; y++) {
            int from = start + y * down;
            for (int x = 0; x < turnedWidth; x++, from += right) {
                turned[to++] = rgb[from];
                turned[to++] = rgb[from + 1];
                turned[to++] = rgb[from + 2];
            }
        }
        return swapped
                ? new Image(header.format(), header.height(), header.width(), turnedWidth, turnedHeight, turned)
                : new Image(header.format(), header.width(), header.height(), turnedWidth, turnedHeight, turned);
    }
}
