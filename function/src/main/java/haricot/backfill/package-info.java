/// Many pictures at once: a chunk of a run, read, answered, written.
///
/// Imports: `api`, `bucket`, `model`. S3 types appear in `S3…` classes alone.
package haricot.backfill;
