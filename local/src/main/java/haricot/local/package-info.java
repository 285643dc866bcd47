/// The command line's entry.
///
/// Imports: every command package, `host`, and `haricot` and `model` for their exceptions.
package haricot.local;
