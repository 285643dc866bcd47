/// `haricot backfill`: many pictures in S3, on the Step Functions of a deployed stack.
///
/// Imports: `deploy`, `host`, `bucket`.
package haricot.local.backfill;
