/// `haricot classify`: files and folders, here or at a deployment.
///
/// Imports: `host`, `api`, `model`, `web`, and `bucket` for hashes.
package haricot.local.classify;
