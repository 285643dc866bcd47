package haricot.web;

import java.util.Map;

/// An HTTP answer. All of Haricot's answers are text.
///
/// @param headers by name as they are sent
public record Response(int status, Map<String, String> headers, String body) {}
