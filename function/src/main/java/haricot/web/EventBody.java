package haricot.web;

/// The body of an event, alike in both payloads.
final class EventBody {
    private EventBody() {}

    /// @param base64 whether the event says that it is
    static Request.Body of(Span text, boolean base64) {
        if (!base64) {
            return new Request.Text(text.alone());
        }
        try {
            return new Request.Binary(Base64Text.decode(text, text.from()));
        } catch (Base64Text.Malformed e) {
            return new Request.NotBase64(e.position());
        }
    }
}
