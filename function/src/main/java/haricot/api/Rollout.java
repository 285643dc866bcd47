package haricot.api;

/// The three steps of bringing a model into use.
public enum Rollout {
    /// A person checks every answer.
    MANUAL,
    /// A daily cap.
    LIMITED,
    /// Normal.
    EXPANDED
}
