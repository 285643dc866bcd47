/// A report as one HTML page.
///
/// Imports: `drift`, `bucket`.
package haricot.drift.page;
