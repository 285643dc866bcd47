package haricot.bucket;

/// An object that a report could not use.
///
/// @param why for a person
public record Skipped(String key, String why) {
    private static final int SHOWN = 200;

    /// One that is not what its key says. Jackson's messages go on with a piece of the object, which has no place in a
    /// report: only their first line is kept.
    ///
    /// @param what it should have been, such as `tally`
    static Skipped unreadable(String key, String what, Exception e) {
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new Skipped(key, "not a " + what + ": " + why.substring(0, Math.min(SHOWN, why.length())));
    }
}
