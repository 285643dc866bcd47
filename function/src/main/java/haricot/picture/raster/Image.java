package haricot.picture.raster;

/// A decoded picture, upright, ready for the model.
///
/// @param format what its bytes were
/// @param sourceWidth width in pixels as stored in the file, turned upright, before any
///     reduction
/// @param sourceHeight height in pixels likewise
/// @param width width of `rgb` in pixels
/// @param height height of `rgb` in pixels
/// @param rgb `width * height * 3` bytes, rows from the top, each pixel red,
///     green, blue, sRGB
public record Image(ImageFormat format, int sourceWidth, int sourceHeight, int width, int height, byte[] rgb) {

    /// Number of pixels in the file, what the limit of a request counts.
    public long sourcePixels() {
        return (long) sourceWidth * sourceHeight;
    }
}
