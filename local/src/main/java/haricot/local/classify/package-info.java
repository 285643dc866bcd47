/// `haricot classify`: files and folders, here or at a deployment.
///
/// Imports: `host`, `haricot`, `backfill`, `bucket`, `api`, `model`, `web`.
package haricot.local.classify;
