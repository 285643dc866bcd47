package haricot.bucket;

/// What an object may be, by what its key says, and how large one of them can be. The limits are some hundred times
/// what is written: whatever is larger is something else, and not worth the memory.
enum ObjectKind {
    TALLY("tally", 400_000),
    FLAG("flag", 100_000),
    REVIEW("review", 10_000),
    CLAIM("claim", 10_000),
    BASELINE("baseline", 400_000),
    /// One environment-hour takes 40 bytes of it, one model 4 KB.
    DAY("day of tallies", 20_000_000),
    /// A line of a hundred takes some 600 bytes and its key, before gzip.
    RESULTS("results object", 20_000_000),
    PICTURE("kept picture", 50_000_000);

    private final String word;
    private final long most;

    ObjectKind(String word, long most) {
        this.word = word;
        this.most = most;
    }

    String word() {
        return word;
    }

    /// In bytes.
    long most() {
        return most;
    }
}
