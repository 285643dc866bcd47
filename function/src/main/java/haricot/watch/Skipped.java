package haricot.watch;

/// An object that a report could not use.
///
/// @param why for a person
public record Skipped(String key, String why) {}
