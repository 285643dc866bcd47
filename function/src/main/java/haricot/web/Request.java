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
public record Request(String method, String path, Map<String, String> query, Map<String, String> headers, Body body,
        String requestId) {

    /// The bytes of a body, and how they came.
    ///
    /// @param bytes decoded from base64 where the event said so, else the UTF-8 of its
    ///     text; empty where there is none
    /// @param binary true where the event carried base64: then the bytes are what the
    ///     caller sent
    public record Body(byte[] bytes, boolean binary) {}

    /// A header by its lower-case name, empty where there is none.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
