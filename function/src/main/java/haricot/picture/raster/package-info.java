/// What a picture is, whatever its format: pixels, size, orientation, reduction, and why one cannot be read.
///
/// Imports: `picture.colour`.
package haricot.picture.raster;
