/// One request: route, pictures, verdict, flag, answer, log line.
///
/// Imports: `web`, `picture`, `picture.raster`, `model`, `bucket`.
package haricot.api;
