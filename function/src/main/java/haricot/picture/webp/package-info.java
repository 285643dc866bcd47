/// WebP: Java decides whether a file is read, and puts together what the library decodes.
///
/// Imports: `picture.raster`, `picture.colour`, `picture.library`.
package haricot.picture.webp;
