/// What commands share: this computer's folders and terminal, S3 over files.
///
/// Imports: `bucket`, `model`.
package haricot.local.host;
