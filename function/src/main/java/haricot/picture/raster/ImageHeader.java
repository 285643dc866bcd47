package haricot.picture.raster;

/// What a picture's first bytes say, read before any decoding.
///
/// @param width in pixels as stored in the file, before the EXIF orientation turns it
/// @param height in pixels likewise
public record ImageHeader(ImageFormat format, int width, int height) {

    /// Number of pixels in the file, what the limit of a request counts.
    public long pixels() {
        return (long) width * height;
    }
}
