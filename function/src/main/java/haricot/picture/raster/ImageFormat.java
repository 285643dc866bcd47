package haricot.picture.raster;

/// The formats that the function reads. Which one a picture has is decided by
/// its bytes alone.
public enum ImageFormat {
    JPEG,
    PNG,
    WEBP
}
