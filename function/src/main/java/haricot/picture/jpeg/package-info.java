/// What Haricot itself reads of a JPEG file.
///
/// Imports: `picture.raster`, `picture.colour`.
package haricot.picture.jpeg;
