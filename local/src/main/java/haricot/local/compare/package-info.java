/// Two models over the same pictures, before the second one answers anybody.
///
/// Imports: `host`, `api`, `bucket`, `drift`, `drift.page`, `model`, `picture`, `picture.raster`.
package haricot.local.compare;
