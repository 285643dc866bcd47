/// What lies in the bucket: its objects, their keys, who writes and who reads them.
///
/// Imports: `model`. S3 types appear in `S3…` classes alone.
package haricot.bucket;
