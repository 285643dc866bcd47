package haricot.model;

/// What should be done with an answer.
public enum Decision {
    /// The answer stands.
    ACCEPT("accept"),
    /// A person should look.
    REVIEW("review"),
    /// The picture cannot be judged; there is no label.
    REJECT("reject");

    private final String word;

    Decision(String word) {
        this.word = word;
    }

    /// The word of the HTTP contract.
    public String word() {
        return word;
    }
}
