package haricot.api;

import haricot.web.Response;

/// An answer, and what the log says of it.
///
/// @param path of the route, so that no log line holds what a caller made up
/// @param code of the contract if the answer is a problem, else empty
record Reply(Response response, String path, String code) {}
