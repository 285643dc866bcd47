/// What Haricot itself reads of a WebP file.
///
/// Imports: `picture.raster`, `picture.colour`, `picture.library`.
package haricot.picture.webp;
