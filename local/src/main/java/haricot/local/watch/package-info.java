/// What a watcher does: report, baseline, review, forget.
///
/// Imports: `host`, `haricot`, `bucket`, `drift`, `drift.page`.
package haricot.local.watch;
