/// What Haricot itself reads of a WebP file.
///
/// Imports: `picture.raster`, `picture.colour`.
package haricot.picture.webp;
