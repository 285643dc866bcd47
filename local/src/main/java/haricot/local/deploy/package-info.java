/// AWS: the stack and its models.
///
/// Imports: `host`, `bucket`, `model`.
package haricot.local.deploy;
