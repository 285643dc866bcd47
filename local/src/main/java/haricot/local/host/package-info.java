/// What commands share: this computer's folders and terminal, S3 over files.
///
/// Imports: `haricot`, `bucket`, `drift`, `model`.
package haricot.local.host;
