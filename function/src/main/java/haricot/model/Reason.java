package haricot.model;

/// Why an answer is not simply accepted. The whole list of the HTTP contract,
/// in the order in which answers show them.
public enum Reason {
    UNFAMILIAR("unfamiliar"),
    TOO_DARK("too-dark"),
    OVEREXPOSED("overexposed"),
    BLURRED("blurred"),
    LOW_RESOLUTION("low-resolution"),
    LOW_CONFIDENCE("low-confidence"),
    ROLLOUT("rollout"),
    AUDIT("audit");

    private final String word;

    Reason(String word) {
        this.word = word;
    }

    /// The word of the HTTP contract.
    public String word() {
        return word;
    }
}
