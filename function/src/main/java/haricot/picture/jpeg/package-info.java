/// What Haricot itself reads of a JPEG file.
///
/// Imports: `picture.raster`, `picture.colour`, `picture.library`.
package haricot.picture.jpeg;
