package haricot.local.compare;

/// What both models say about one picture.
///
/// @param old the live model's answer
/// @param candidate the other's
record Pair(Subject subject, Answer old, Answer candidate) {
    boolean readable() {
        return old.readable() && candidate.readable();
    }

    boolean agrees() {
        return old.label().equals(candidate.label());
    }

    /// How much would change for the caller: another decision weighs as much as a wholly other label.
    double change() {
        return old.distance(candidate) + (old.decision().equals(candidate.decision()) ? 0 : 1)
                + (agrees() ? 0 : 1);
    }

    boolean reviewed() {
        return !subject.truth().isEmpty();
    }

    boolean oldRight() {
        return old.label().equals(subject.truth());
    }

    boolean candidateRight() {
        return candidate.label().equals(subject.truth());
    }
}
