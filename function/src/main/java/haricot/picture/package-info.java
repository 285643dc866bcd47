/// Bytes to an upright sRGB picture, or why not.
///
/// Imports: `picture.raster`, `picture.library`, and the formats `picture.jpeg`, `picture.png`, `picture.webp`.
package haricot.picture;
