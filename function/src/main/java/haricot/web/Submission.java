package haricot.web;

import java.util.List;

/// What a caller wants classified, whichever form it came in.
public sealed interface Submission {

    /// One picture: the answer is one object.
    record Single(Item item) implements Submission {}

    /// Several: the answer is `{"results": […]}` in the same order.
    record Batch(List<Entry> entries) implements Submission {}

    /// A place of a batch.
    sealed interface Entry {}

    /// A picture to judge.
    ///
    /// @param bytes the file as the caller has it
    /// @param pointer where it was in a JSON body (RFC 6901), empty for other forms
    /// @param clientId the caller's own id for it, empty where none was given
    /// @param topK how many labels to show, 1 and up; 0 if the caller did not say
    record Item(byte[] bytes, String pointer, String clientId, int topK) implements Entry {}

    /// A place of a batch that cannot be read, answered in its place.
    record Unreadable(Problem problem, String clientId) implements Entry {}
}
