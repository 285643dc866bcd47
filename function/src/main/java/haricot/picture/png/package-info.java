/// PNG, read in Java.
///
/// Imports: `picture.raster`, `picture.colour`.
package haricot.picture.png;
