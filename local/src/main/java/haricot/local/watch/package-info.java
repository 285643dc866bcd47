/// What a watcher does: report, baseline, review, forget.
///
/// Imports: `host`, `haricot`, `backfill`, `bucket`, `drift`, `drift.page`.
package haricot.local.watch;
