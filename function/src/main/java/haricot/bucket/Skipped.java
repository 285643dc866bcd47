package haricot.bucket;

/// An object that a report could not use.
///
/// @param why for a person
public record Skipped(String key, String why) {

    /// One that is not what its key says. Jackson's messages go on with a piece of the object, which has no place in a
    /// report: only their first line is kept.
    ///
    /// @param what it should have been, such as `tally`
    static Skipped unreadable(String key, String what, Exception e) {
        return new Skipped(key, "not a " + what + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
}
