/// `haricot classify`: files and folders, here or at a deployment.
///
/// Imports: `host`, `api`, `model`, `web`.
package haricot.local.classify;
