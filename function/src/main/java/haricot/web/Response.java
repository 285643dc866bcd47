package haricot.web;

import java.util.LinkedHashMap;
import java.util.Map;

/// An HTTP answer. All of Haricot's answers are text.
///
/// @param headers by name as they are sent
public record Response(int status, Map<String, String> headers, String body) {

    /// The same answer with one more header, or with another value of it.
    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    /// The same answer with another body.
    public Response withBody(String other) {
        return new Response(status, headers, other);
    }
}
