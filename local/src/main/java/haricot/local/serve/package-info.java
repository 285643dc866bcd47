/// The function on this computer, behind a gateway: `haricot serve`.
///
/// Imports: `host`, `haricot`, `api`, `web`.
package haricot.local.serve;
