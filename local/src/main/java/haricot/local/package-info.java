/// The command line's entry.
///
/// Imports: every command package, `host`, `haricot`, `model` and `picture.library` for their exceptions, `web` for words that
/// are spelled wrong.
package haricot.local;
