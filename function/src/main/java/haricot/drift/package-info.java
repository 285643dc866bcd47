/// Statistics and judgement: has what arrives changed, and is the model still right?
///
/// Imports: `bucket`, `model`.
package haricot.drift;
