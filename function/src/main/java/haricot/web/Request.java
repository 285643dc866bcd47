package haricot.web;

import java.util.Map;

/// An HTTP request, whichever front of AWS it came through.
///
/// @param method upper case
/// @param path without stage or base path, starting with a slash, such as
///     `/v1/classify`
/// @param query query parameters, percent-decoded, the last value of each
/// @param headers by lower-case name, several values joined with a comma and a space
/// @param body its body
/// @param requestId the front's own id of the request, empty where there is none
/// @param apiKeyId of the API key that a REST API checked, not the key itself; empty without one
/// @param resource the route of a REST API that matched, such as `/{proxy+}`; empty for
///     the other fronts
public record Request(String method, String path, Map<String, String> query, Map<String, String> headers, Body body,
        String requestId, String apiKeyId, String resource) {

    /// A body, and how it was sent.
    public sealed interface Body {}

    /// What the caller sent, byte for byte: the event carried it as base64.
    public record Binary(byte[] bytes) implements Body {}

    /// The UTF-8 of a body that came as text: a picture in it has already lost bytes.
    /// Empty where there is no body.
    public record Text(byte[] bytes) implements Body {}

    /// A body that the event calls base64 but that is not. No front sends one; an event
    /// written by hand may.
    ///
    /// @param position of the first character that does not fit, from 0
    public record NotBase64(int position) implements Body {}

    /// A header by its lower-case name, empty where there is none.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
