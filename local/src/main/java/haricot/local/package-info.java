/// The command line's entry.
///
/// Imports: every command package, `host`, and `haricot`, `model` and `picture.library` for their exceptions.
package haricot.local;
